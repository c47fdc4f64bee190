import type { Clock } from '../utils/clock.ts';
import type { ChatModel } from './chat-model.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { findModelServer } from './find-model-server.ts';
import { isServerHealthy } from './is-server-healthy.ts';
import type { ModelServer } from './model-server.ts';
import { OpenAiChatModel } from './open-ai-chat-model.ts';
import { SlotKeeper } from './slots/slot-keeper.ts';
import { SlotRequests } from './slots/slot-requests.ts';
import { SlotSupport } from './slots/slot-support.ts';

/** A server that is ready, and the models behind it. Whoever opens it closes it. */
export interface ModelConnection {
  server: ModelServer;
  /** The name of the model that is used unless another is asked for. */
  defaultModel: string;
  model(name?: string): ChatModel;
  /** Absent where the server tells nothing of its slots. */
  slots?: Pick<SlotSupport, 'canFork' | 'speed' | 'settled'> | undefined;
  /** Ends what was started for this connection. Safe to call twice. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** `auto`: the embedded engine where `modelFile` names a file, else a server. */
  engine: 'auto' | 'server' | 'embedded';
  address?: string | undefined;
  apiKey?: string | undefined;
  model?: string | undefined;
  modelFile?: string | undefined;
  /** Requests that the embedded engine answers at once. */
  embeddedSlots?: number | undefined;
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
  /** Called before it is measured what several requests at once are worth: that takes some seconds. */
  onMeasuring?: (() => void) | undefined;
  onLoading?: ((address: string) => void) | undefined;
  onEmbeddedLog?: ((line: string) => void) | undefined;
}

/** @throws ModelError or MultiagentError that says what to start or to change. */
export async function connectModel(options: ConnectOptions): Promise<ModelConnection> {
  if (options.engine === 'embedded' || (options.engine === 'auto' && options.modelFile !== undefined && options.address === undefined))
    return connectEmbedded(options);
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
