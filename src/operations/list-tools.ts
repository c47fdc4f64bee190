import { homedir } from 'node:os';
import { remoteOf } from '../config/remote-consent.ts';
import { secretsOf } from '../config/redact-settings.ts';
import type { Settings } from '../config/settings-schema.ts';
import { agentTool, agentToolNames } from '../tools/agents/agent-tools.ts';
import { choicesOf, kindOf } from '../tools/arguments/parameter-kind.ts';
import { builtInTools } from '../tools/built-in/built-in-tools.ts';
import { McpServers } from '../tools/mcp/mcp-servers.ts';
import type { Tool, ToolRisk } from '../tools/tool.ts';
import type { z } from 'zod';

/** A tool that agents can be given. */
export interface ListedTool {
  /** As models and workflows call it. */
  name: string;
  /** What its calls can do, each once; it may depend on the arguments. */
  risks: ToolRisk[];
  /** Who does what it is called for. */
  executor: 'local' | 'mcp' | 'agent';
  /** In English, or in the words of its server, safe to show. */
  description: string;
  /** A call as a model may write it. */
  example: string;
}

/** The tools that there are, and those that cannot be had. */
export interface ToolList {
  tools: ListedTool[];
  /** Tools of MCP servers that models cannot call. `why` continues a sentence that begins with the tool. */
  leftOut: { server: string; tool: string; why: string }[];
  /** MCP servers that could not be asked. `why` is a sentence. */
  notReached: { server: string; why: string; hint: string | undefined }[];
}

/**
 * The tools that there are: those that come along, those that agents of a botserver do where the settings name one for tools, and those of the MCP servers in the person's settings, which are started or asked for it. A server that cannot be
 * reached is told of, and is no error.
 * @param environment The person's variables, secrets among them: servers get those that name no secret, and those that the settings name.
 * @throws the signal's reason.
 * @example
 * const { tools } = await listTools(orchestrator.settings, { environment: {} });
 * console.log(tools.some(({ name, risks }) => name === 'read_file' && risks.join() === 'read')); // true
 */
export async function listTools(
  settings: Settings,
  { environment, signal }: { environment: Readonly<Record<string, string | undefined>>; signal?: AbortSignal | undefined },
): Promise<ToolList> {
  const surroundings = { environment, secrets: secretsOf(settings), folder: homedir(), remote: remoteOf(settings) };
  await using servers = new McpServers(settings.mcp.servers, surroundings);
  const offers = await servers.offers(servers.names, signal ?? new AbortController().signal);
  return {
    tools: [
      ...builtInTools.map((tool) => listed(tool, 'local')),
      ...(settings.tool_agents === undefined ? [] : agentToolNames.map((name) => listed(agentTool(name, nobody), 'agent'))),
      ...offers.flatMap((offer) => (offer.kind === 'reached' ? offer.tools.map(({ tool }) => listed(tool, 'mcp')) : [])),
    ],
    leftOut: offers.flatMap((offer) =>
      offer.kind === 'reached' ? offer.leftOut.map(({ name, why }) => ({ server: offer.server, tool: name, why })) : [],
    ),
    notReached: offers.flatMap((offer) =>
      offer.kind === 'reached' ? [] : [{ server: offer.server, why: offer.error.message, hint: offer.error.hint }],
    ),
  };
}

/** What is listed is not called. */
const nobody = () => Promise.reject(new Error('A list asks nobody.'));

function listed(tool: Tool, executor: ListedTool['executor']): ListedTool {
  const { name, description, example } = tool;
  return { name, risks: risksOf(tool), executor, description, example };
}

/** What a tool can do may depend on a choice, on whether a text stands beside it, and on whether that leads to a server. */
function risksOf(tool: Tool): ToolRisk[] {
  const fields = Object.entries(tool.parameters.shape).map(([name, schema]) => [name, schema as z.ZodType] as const);
  const [name = '', choice] = fields.find(([, schema]) => kindOf(schema) === 'choice') ?? [];
  const allTexts = (value: string) =>
    Object.fromEntries(fields.filter(([, schema]) => kindOf(schema) === 'string').map(([text]) => [text, value]));
  if (choice === undefined) return [...new Set([tool.risk({}), tool.risk(allTexts('http://localhost/'))])];
  const texts = allTexts('text');
  const risks = choicesOf(choice).flatMap((word) => [tool.risk({ [name]: word }), tool.risk({ ...texts, [name]: word })]);
  return [...new Set(risks)];
}
