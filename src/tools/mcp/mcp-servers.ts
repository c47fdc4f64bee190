import { builtInTools } from '../built-in/built-in-tools.ts';
import type { Tool, ToolRisk } from '../tool.ts';
import { agentToolNames } from '../agents/agent-tools.ts';
import { McpConnection } from './mcp-connection.ts';
import { McpError } from './mcp-error.ts';
import type { McpServerEntry, McpSurroundings } from './mcp-server.ts';
import { mcpTool } from './mcp-tool.ts';

/** Names that mean something else, whatever a server is called. */
const own: readonly string[] = [...builtInTools.map(({ name }) => name), ...agentToolNames];

/** What one server offers, as far as it could be asked. */
export type McpOffer =
  | {
      kind: 'reached';
      server: string;
      tools: { tool: Tool; risk: ToolRisk }[];
      /** Tools that models cannot call, by the server's names, each with why: continues a sentence that begins with the tool. */
      leftOut: { name: string; why: string }[];
    }
  | { kind: 'not_reached'; server: string; error: McpError };

/** The MCP servers of a person, by the names in their settings. None is started before it is asked for. */
export class McpServers implements AsyncDisposable {
  readonly #entries: Readonly<Record<string, McpServerEntry>>;
  readonly #connections: ReadonlyMap<string, McpConnection>;
  readonly #offers = new Map<string, Promise<McpOffer>>();

  constructor(entries: Readonly<Record<string, McpServerEntry>>, surroundings: McpSurroundings) {
    this.#entries = entries;
    this.#connections = new Map(Object.entries(entries).map(([name, entry]) => [name, new McpConnection(name, entry, surroundings)]));
  }

  get names(): string[] {
    return [...this.#connections.keys()];
  }

  /** The server that a tool of this name would be of. */
  serverOf(tool: string): string | undefined {
    return this.names.find((name) => tool.startsWith(`${name}_`));
  }

  /** What these servers offer, asked all at once, each a single time. @throws the signal's reason. */
  async offers(servers: readonly string[], signal: AbortSignal): Promise<McpOffer[]> {
    return Promise.all(
      servers.flatMap((server) => {
        const connection = this.#connections.get(server);
        if (connection === undefined) return [];
        const known = this.#offers.get(server) ?? this.#ask(connection, signal);
        this.#offers.set(server, known);
        // Whoever was stopped has not asked.
        known.catch(() => this.#offers.delete(server));
        return [known];
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.#connections.values()].map((connection) => connection.close()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #ask(connection: McpConnection, signal: AbortSignal): Promise<McpOffer> {
    const { name: server } = connection;
    const { risk = 'network', risks = {} } = this.#entries[server] ?? {};
    try {
      const tools: { tool: Tool; risk: ToolRisk }[] = [];
      const leftOut: { name: string; why: string }[] = [];
      for (const listed of await connection.list(signal)) {
        const read = mcpTool(connection, listed, Object.hasOwn(risks, listed.name) ? risks[listed.name]! : risk);
        if (read.kind === 'unfit') leftOut.push(read);
        else if ([...own, ...tools.map(({ tool }) => tool.name)].includes(read.tool.name))
          leftOut.push({ name: listed.name, why: `would be called ${read.tool.name}, as another one is` });
        else tools.push(read);
      }
      return { kind: 'reached', server, tools, leftOut };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof McpError)) throw error;
      return { kind: 'not_reached', server, error };
    }
  }
}
