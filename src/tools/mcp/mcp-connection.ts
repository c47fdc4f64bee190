import type { CallToolResult, Client, Tool as ListedTool, Transport } from '@modelcontextprotocol/client';
import { isAddressAllowed, withoutCredentials } from '../../llm/server/require-local-address.ts';
import { hostToAllow } from '../../utils/allowed-host.ts';
import { environmentWithoutSecrets } from '../../utils/environment-without-secrets.ts';
import { productVersion } from '../../utils/product-version.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { McpError } from './mcp-error.ts';
import type { McpServerEntry, McpSurroundings } from './mcp-server.ts';
import { ProgramTransport } from './program-transport.ts';
import { requireClient } from './require-client.ts';

/** A first start may fetch the program. */
const connectMilliseconds = 60_000;
const mostPages = 20;
const mostTools = 200;
/** A server that ends again and again is not started for ever. */
const mostStarts = 3;

interface Open {
  client: Client;
  transport: Transport;
  /** Settles when the connection is closed, with why. */
  closed: Promise<string>;
  isClosed: boolean;
}

/** One MCP server: reached when it is needed, and again where it has ended, a few times. */
export class McpConnection {
  readonly name: string;
  /** Values that the server was given, or is asked with: they stand in no output. */
  readonly secrets: readonly string[];
  readonly #entry: McpServerEntry;
  readonly #surroundings: McpSurroundings;
  #open: Promise<Open> | undefined;
  #starts = 0;

  constructor(name: string, entry: McpServerEntry, surroundings: McpSurroundings) {
    this.name = name;
    this.#entry = entry;
    this.#surroundings = surroundings;
    const { environment, secrets } = surroundings;
    const harmless = environmentWithoutSecrets(environment, { secrets });
    const named = [...(entry.env ?? []), ...(entry.token_env === undefined ? [] : [entry.token_env])];
    const own = named.filter((variable) => !Object.hasOwn(harmless, variable)).flatMap((variable) => environment[variable] ?? []);
    this.secrets = [...secrets, ...own];
  }

  /** What the server says that it offers. @throws McpError; the signal's reason. */
  async list(signal: AbortSignal): Promise<ListedTool[]> {
    return this.#with(signal, async ({ client }) => {
      const tools: ListedTool[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < mostPages && tools.length < mostTools; page += 1) {
        const params = cursor === undefined ? {} : { cursor };
        const listed = await client.request({ method: 'tools/list', params }, { signal, timeout: connectMilliseconds });
        tools.push(...listed.tools);
        cursor = listed.nextCursor;
        if (cursor === undefined) break;
      }
      return tools.slice(0, mostTools);
    });
  }

  /** @param tool As the server calls it. @throws McpError; the signal's reason. */
  async call(
    tool: string,
    given: Readonly<Record<string, unknown>>,
    { signal, milliseconds }: { signal: AbortSignal; milliseconds: number },
  ): Promise<CallToolResult> {
    const options = { signal, timeout: milliseconds, maxTotalTimeout: milliseconds };
    return this.#with(signal, ({ client }) =>
      client.request({ method: 'tools/call', params: { name: tool, arguments: { ...given } } }, options),
    );
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await (await open?.catch(() => undefined))?.client.close();
  }

  /** Asks an open connection. One that closes meanwhile is an error at once. */
  async #with<Answer>(signal: AbortSignal, ask: (open: Open) => Promise<Answer>): Promise<Answer> {
    signal.throwIfAborted();
    const open = await this.#opened(signal);
    try {
      return await Promise.race([
        ask(open),
        open.closed.then((why) => Promise.reject(new McpError(this.name, why, { secrets: this.secrets }))),
      ]);
    } catch (error) {
      signal.throwIfAborted();
      throw open.isClosed ? new McpError(this.name, await open.closed, { secrets: this.secrets, cause: error }) : this.#failure(error);
    }
  }

  async #opened(signal: AbortSignal): Promise<Open> {
    for (;;) {
      const opening = (this.#open ??= this.#start(signal));
      const forget = () => {
        if (this.#open === opening) this.#open = undefined;
      };
      const open = await opening.catch((error: unknown) => {
        forget();
        throw error;
      });
      if (!open.isClosed) return open;
      forget();
    }
  }

  async #start(signal: AbortSignal): Promise<Open> {
    if (this.#starts === mostStarts) throw new McpError(this.name, `has ended ${mostStarts} times, and is not started again`);
    this.#starts += 1;
    return this.#connect(signal);
  }

  async #connect(signal: AbortSignal): Promise<Open> {
    const { Client, parseJSONRPCMessage, StreamableHTTPClientTransport } = await requireClient(
      this.name,
      () => import('@modelcontextprotocol/client'),
    );
    const transport =
      this.#entry.command === undefined
        ? new StreamableHTTPClientTransport(this.#address(), { fetch: boundedFetch, requestInit: { headers: this.#headers() } })
        : new ProgramTransport({ ...this.#program(this.#entry.command), parse: parseJSONRPCMessage });
    // It offers nothing: a server that asks for a model, for folders or for a person is told that there is none.
    const client = new Client(
      { name: 'multiagent', version: productVersion() },
      {
        capabilities: {},
        jsonSchemaValidator: { getValidator: () => (data) => ({ valid: true, data: data as never, errorMessage: undefined }) },
      },
    );
    const closed = Promise.withResolvers<string>();
    const open: Open = { client, transport, closed: closed.promise, isClosed: false };
    client.onclose = () => {
      open.isClosed = true;
      closed.resolve(whyEnded(transport));
    };
    client.onerror = () => undefined;
    try {
      await client.connect(transport, { signal, timeout: connectMilliseconds });
      return open;
    } catch (error) {
      await client.close().catch(() => undefined);
      await transport.close().catch(() => undefined);
      signal.throwIfAborted();
      const isOver = open.isClosed && transport instanceof ProgramTransport && !/ENOENT|EACCES/.test(String(error));
      throw isOver ? new McpError(this.name, whyEnded(transport), { secrets: this.secrets, cause: error }) : this.#failure(error);
    }
  }

  #program(command: string) {
    const { args = [], env = [] } = this.#entry;
    const { environment, secrets, folder } = this.#surroundings;
    const named = env.map((variable): [string, string] => [variable, this.#variable(variable)]);
    return { command, args, folder, environment: { ...environmentWithoutSecrets(environment, { secrets }), ...Object.fromEntries(named) } };
  }

  #address(): URL {
    const { url = '' } = this.#entry;
    if (isAddressAllowed(url, this.#surroundings.remote)) return new URL(url);
    const host = hostToAllow(url);
    throw new McpError(
      this.name,
      `(${withoutCredentials(url)}) is not on this machine, and what its tools are called with would be sent there`,
      {
        hint: `Use --allow-remote${host === undefined ? '' : ` ${host}`} if you mean it, or put the host into allow_remote of your own settings.`,
      },
    );
  }

  #headers(): Record<string, string> {
    const { token_env: variable } = this.#entry;
    return variable === undefined ? {} : { authorization: `Bearer ${this.#variable(variable)}` };
  }

  #variable(name: string): string {
    const value = this.#surroundings.environment[name];
    if (value !== undefined && value !== '') return value;
    throw new McpError(this.name, `needs the variable ${name}, which is not set`, {
      hint: `Set ${name} in your shell, or take it out of mcp.servers.${this.name} in your own settings.`,
    });
  }

  #failure(error: unknown): McpError {
    if (error instanceof McpError) return error;
    const { command = '' } = this.#entry;
    const cause = innermost(error);
    if (cause.code === 'ENOENT') {
      return new McpError(this.name, `cannot be started: there is no program ${command}`, {
        hint: `Install it, or correct mcp.servers.${this.name}.command in your own settings.`,
        cause: error,
      });
    }
    const options = { secrets: this.secrets, cause: error };
    if (cause.code === 'REQUEST_TIMEOUT') return new McpError(this.name, 'did not answer in time', options);
    return new McpError(this.name, `failed: ${cause.message}`, options);
  }
}

function innermost(error: unknown): { message: string; code?: unknown } {
  const told = error instanceof Error ? error : new Error(String(error));
  return told.cause instanceof Error ? innermost(told.cause) : told;
}

function whyEnded(transport: Transport): string {
  if (!(transport instanceof ProgramTransport)) return 'closed the connection';
  if (transport.fault !== undefined) return `${transport.fault}, and was stopped`;
  const printed = transport.printed.trim();
  return printed === '' ? 'has ended' : `has ended: ${printed}`;
}
