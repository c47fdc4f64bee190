import { homedir } from 'node:os';
import { remoteOf } from '../../config/remote-consent.ts';
import { settingsOfPlace } from '../../config/named-models.ts';
import { secretsOf } from '../../config/redact-settings.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { keepingHere } from '../../llm/destinations/request-watch.ts';
import { McpServers } from '../../tools/mcp/mcp-servers.ts';
import { isHere, toolsOfServers } from '../../tools/mcp/tools-of-servers.ts';
import { agentTool, isAgentTool } from '../../tools/agents/agent-tools.ts';
import { type ProgramTool, programTool } from '../../tools/program-tool.ts';
import type { Tool } from '../../tools/tool.ts';
import type { ModelConnection } from '../../llm/model-connection.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { WorkflowStep } from '../../workflows/workflow-schema.ts';
import type { CallRights } from '../call-rights.ts';
import type { OtherExecutor, OtherTools } from '../other-tools.ts';
import { requireCallable } from './require-callable.ts';
import { otherToolsOf } from './tools-of-step.ts';

/** Connects to the agents of the botserver that is the default by these settings. */
type ConnectAgents = (settings: Settings, signal: AbortSignal) => Promise<ModelConnection>;

export interface ServerToolsOptions {
  /** All variables of the person. */
  environment: Readonly<Record<string, string | undefined>>;
  connect: ConnectAgents;
  /** Those that the program brings along. */
  ofProgram: readonly ProgramTool[];
}

/** The tools of the MCP servers in the settings, of the agents of a botserver and of the program that has started the run, for one run. The servers end with it. */
export class ServerTools implements OtherTools, AsyncDisposable {
  readonly #settings: Settings;
  readonly #servers: McpServers;
  readonly #connect: ConnectAgents;
  readonly #ofProgram: ReadonlyMap<string, Tool>;
  #agents: Promise<ModelConnection> | undefined;

  constructor(settings: Settings, { environment, connect, ofProgram }: ServerToolsOptions) {
    this.#connect = connect;
    this.#ofProgram = new Map(ofProgram.map((tool) => [tool.name, programTool(tool)]));
    this.#settings = settings;
    const surroundings = { environment, secrets: secretsOf(settings), folder: homedir(), remote: remoteOf(settings) };
    this.#servers = new McpServers(settings.mcp.servers, surroundings);
  }

  async named(names: readonly string[], signal: AbortSignal): Promise<readonly Tool[]> {
    const ofServers = await toolsOfServers(
      this.#servers,
      names.filter((name) => !this.#ofProgram.has(name) && !this.#isOfAgents(name)),
      signal,
    );
    return names.map(
      (name) =>
        this.#ofProgram.get(name) ?? ofServers.find((tool) => tool.name === name) ?? agentTool(name, (...asked) => this.#ask(...asked)),
    );
  }

  executorOf(name: string): OtherExecutor {
    if (this.#ofProgram.has(name)) return 'program';
    return isAgentTool(name) ? 'agent' : 'mcp';
  }

  #isOfAgents(name: string): boolean {
    return isAgentTool(name) && this.#settings.tool_agents !== undefined;
  }

  /** As the agents of a botserver are asked like models. */
  async #ask(agent: string, query: string, signal: AbortSignal): Promise<string> {
    this.#agents ??= this.#connect(requireBotserver(this.#settings), signal);
    const opening = this.#agents;
    const connection = await opening.catch((error: unknown) => {
      this.#agents = undefined;
      throw error;
    });
    let said = '';
    for await (const part of connection
      .model(agent)
      .stream({ messages: [{ role: 'user', content: [{ type: 'text', text: query }] }], signal }))
      if (part.type === 'text') said += part.text;
    return said;
  }

  /**
   * Before a run begins: what its steps name is there, and may be called. A server on another machine is asked only within the run, which records that.
   * @throws as `named`; MultiagentError `tool.not_allowed`.
   */
  async require(steps: readonly WorkflowStep[], rights: CallRights, signal: AbortSignal): Promise<void> {
    const { private: isPrivate, mcp } = this.#settings;
    const names = otherToolsOf(steps).filter((name) => {
      if (this.#isOfAgents(name)) requireBotserver(this.#settings);
      const server = this.#ofProgram.has(name) ? undefined : this.#servers.serverOf(name);
      return server === undefined || isHere(mcp.servers[server] ?? {});
    });
    if (names.length === 0) return;
    const ask = () => this.named(names, signal);
    requireCallable(await (isPrivate ? keepingHere('The run', ask) : ask()), this, rights);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#servers.close();
    await (await this.#agents?.catch(() => undefined))?.close();
  }
}

/** @returns the settings with that botserver as the default. @throws MultiagentError `tool.no_agents`. */
function requireBotserver(settings: Settings): Settings {
  const { tool_agents: name = '', providers } = settings;
  if (Object.hasOwn(providers, name) && providers[name]?.kind === 'botserver') return settingsOfPlace(settings, name);
  throw new MultiagentError({
    category: 'usage',
    code: 'tool.no_agents',
    message: `tool_agents is ${name}, and there is no botserver of this name among the providers.`,
    hint: `Put it into your own settings: providers: { ${name}: { kind: botserver, base_url: http://127.0.0.1:9000 } }`,
  });
}
