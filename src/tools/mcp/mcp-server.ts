import type { AllowedRemote } from '../../llm/server/require-local-address.ts';
import type { ToolRisk } from '../tool.ts';

/** What a person says of an MCP server in their own settings. */
export interface McpServerEntry {
  command?: string | undefined;
  args?: readonly string[] | undefined;
  /** Names of variables that it gets although they look like secrets. */
  env?: readonly string[] | undefined;
  url?: string | undefined;
  /** The name of the variable with the token for `url`. */
  token_env?: string | undefined;
  risk?: ToolRisk | undefined;
  /** By the names that the server gives its tools. */
  risks?: Readonly<Record<string, ToolRisk>> | undefined;
}

/** What connecting to MCP servers takes of the person and the machine. */
export interface McpSurroundings {
  /** All variables of the person, secrets among them: a server gets those that name no secret, and those that its entry names. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Values that no server gets through a variable that it does not name, and that stand in no output. */
  secrets: readonly string[];
  /** Absolute: where programs are started. Never a project's folder, in which a program such as npx finds what others put there. */
  folder: string;
  /** Where servers with an address may be. */
  remote: AllowedRemote;
}
