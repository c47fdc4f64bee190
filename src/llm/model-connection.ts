import type { Clock } from '../utils/clock.ts';
import type { ChatModel } from './chat-model.ts';
import { CircuitBreaker } from './server/circuit-breaker.ts';
import { findModelServer } from './server/find-model-server.ts';
import { isServerHealthy } from './server/is-server-healthy.ts';
import type { ModelServer } from './server/model-server.ts';
import { OpenAiChatModel } from './chat/open-ai-chat-model.ts';
import { SlotKeeper } from './slots/slot-keeper.ts';
import { SlotRequests } from './slots/slot-requests.ts';
import { SlotSupport } from './slots/slot-support.ts';

/** A server that is ready, and the models behind it. Whoever opens it closes it. */
export interface ModelConnection {
  server: ModelServer;
  /** Where there are several: those that it began with. `server` then says what they can do together. */
  servers?: readonly ModelServer[] | undefined;
  /** The name of the model that is used unless another is asked for. */
  defaultModel: string;
  model(name?: string): ChatModel;
  /** Absent where the server tells nothing of its slots. */
  slots?: SlotSupport | undefined;
  /** Ends what was started for this connection. Safe to call twice. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** `auto`: the embedded engine where `modelFile` names a file, else a server. */
  engine: 'auto' | 'server' | 'embedded';
  address?: string | undefined;
  /** Several servers, instead of `address`. */
  servers?: readonly { address: string; weight: number }[] | undefined;
  apiKey?: string | undefined;
  model?: string | undefined;
  /** Models that are used beside that one: a server that has one of them is used, too. */
  roleModels?: readonly string[] | undefined;
  modelFile?: string | undefined;
  /** Requests that the embedded engine answers at once. */
  embeddedSlots?: number | undefined;
  /** The context of a server that does not tell it. */
  contextTokens?: number | undefined;
  remote: 'refused' | 'allowed';
  timeoutMilliseconds: number;
  /** When calls to a server that fails wait for its health; absent: never. */
  circuitBreaker?: { threshold: number; timeoutMilliseconds: number } | undefined;
  /** How long a server that is loading is waited for; default: five minutes. */
  loadingTimeoutMilliseconds?: number | undefined;
  clock: Clock;
  /** Where copies of slots lie if the server saves them on this machine: they are removed at the end. */
  slotFolder?: string | undefined;
  /** Where measurements of servers are kept; absent: nowhere. */
  cacheFolder?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Called about once a second while a server is loading, with how long that was waited for. */
  onLoading?: ((address: string, waitedMilliseconds: number) => void) | undefined;
  /** Called before it is measured what several requests at once are worth: that takes some seconds. */
  onMeasuring?: (() => void) | undefined;
  onEmbeddedLog?: ((line: string) => void) | undefined;
  /** Told which of several servers are not used, and why. */
  onNotice?: ((text: string) => void) | undefined;
  /** Decides by the weights of several servers: at least 0, below 1. Default: `Math.random`. */
  random?: (() => number) | undefined;
}

/** @throws ModelError or MultiagentError that says what to start or to change. */
export async function connectModel(options: ConnectOptions): Promise<ModelConnection> {
  const { address, servers, modelFile } = options;
  if (
    options.engine === 'embedded' ||
    (options.engine === 'auto' && modelFile !== undefined && address === undefined && servers === undefined)
  )
    return connectEmbedded(options);
  if (servers !== undefined) {
    const { connectServers } = await import('./several-servers/connect-servers.ts');
    // When to wait for which server is decided among all of them.
    const open = (server: ModelServer) => connection(server, { ...options, circuitBreaker: undefined }, async () => undefined);
    return connectServers({ ...options, servers, open });
  }
  const server = await findModelServer({ ...options, engine: 'server' });
  return connection(server, options, async () => undefined);
}

async function connectEmbedded(options: ConnectOptions): Promise<ModelConnection> {
  const { startEmbeddedServer } = await import('./embedded/start-embedded-server.ts');
  const { modelFile, embeddedSlots, signal, onEmbeddedLog } = options;
  const embedded = await startEmbeddedServer({ modelFile, parallel: embeddedSlots, signal, onLog: onEmbeddedLog });
  try {
    const server = await findModelServer({ ...options, address: embedded.address, engine: 'embedded' });
    return connection(server, { ...options, model: undefined }, () => embedded.stop());
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

function connection(server: ModelServer, options: ConnectOptions, close: () => Promise<void>): ModelConnection {
  const { apiKey, timeoutMilliseconds, circuitBreaker, clock } = options;
  const isHealthy = (signal: AbortSignal) => isServerHealthy({ server, apiKey, signal });
  const breaker = circuitBreaker && new CircuitBreaker({ ...circuitBreaker, isHealthy, clock });
  const defaultModel = options.model ?? server.models[0] ?? 'default';
  const slots = slotsOf(server, options, defaultModel);
  // One for each name, because a model finds out what its server can do.
  const models = new Map<string, ChatModel>();
  return {
    server,
    defaultModel,
    model: (name = defaultModel) => {
      const known =
        models.get(name) ?? new OpenAiChatModel({ server, model: name, apiKey, timeoutMilliseconds, breaker, keeper: slots?.keeper });
      models.set(name, known);
      return known;
    },
    slots: slots?.support,
    async close() {
      await slots?.keeper.close();
      await close();
    },
  };
}

function slotsOf(server: ModelServer, options: ConnectOptions, model: string): { keeper: SlotKeeper; support: SlotSupport } | undefined {
  if (server.dialect !== 'llama-server' || server.slots === undefined) return undefined;
  const { apiKey, timeoutMilliseconds, slotFolder, cacheFolder, clock, onMeasuring } = options;
  const requests = new SlotRequests({ server, apiKey, timeoutMilliseconds });
  const keeper = new SlotKeeper({ requests, slots: server.slots, folder: slotFolder });
  return { keeper, support: new SlotSupport({ server, model, keeper, requests, cacheFolder, clock, onMeasuring }) };
}
