import type { ChatModel } from './chat-model.ts';
import { OpenAiChatModel } from './open-ai-chat-model.ts';
import type { ConnectServerOptions, ModelConnection } from './model-connection.ts';
import { CircuitBreaker } from './server/circuit-breaker.ts';
import { findModelServer } from './server/find-model-server.ts';
import { modelKey, shortModelName } from './server/model-key.ts';
import { isServerHealthy } from './server/is-server-healthy.ts';
import type { ModelServer } from './server/model-server.ts';
import { forkFiles } from './slots/fork-files.ts';
import { SlotKeeper } from './slots/slot-keeper.ts';
import { SlotRequests } from './slots/slot-requests.ts';
import { SlotSupport } from './slots/slot-support.ts';
import { withoutCredentials } from './server/require-local-address.ts';

/**
 * Connects to the server at an address, to the first usual address that answers, or to several servers as one.
 * @throws ModelError that says what to start or to change.
 */
export async function connectServer(options: ConnectServerOptions): Promise<ModelConnection> {
  const { servers } = options;
  if (servers !== undefined) {
    const { connectServers } = await import('./several-servers/connect-servers.ts');
    // Which server to wait for is decided for all of them together.
    const open = (server: ModelServer) => connection(server, { ...options, circuitBreaker: undefined });
    return connectServers({ ...options, servers, open });
  }
  const server = await findModelServer(options);
  const notice = otherModel(server, options.model) ?? chosenModel(server, options.model);
  if (notice !== undefined) options.onNotice?.(notice);
  return connection(server, options);
}

/** A llama-server with one model answers with it, whatever name is asked for: nobody would notice that another model was meant. */
function otherModel({ address, dialect, models }: ModelServer, asked: string | undefined): string | undefined {
  const [name] = models;
  if (asked === undefined || dialect !== 'llama-server' || models.length !== 1 || name === undefined) return undefined;
  if (modelKey(name) === modelKey(asked)) return undefined;
  return `The model server at ${withoutCredentials(address)} has "${shortModelName(name)}" and answers with it; "${asked}" only says which profile counts.`;
}

/** If a server has several models, nobody would know that there was a choice. */
function chosenModel({ address, models }: ModelServer, asked: string | undefined): string | undefined {
  const [name] = models;
  if (asked !== undefined || name === undefined || models.length < 2) return undefined;
  return `The model server at ${withoutCredentials(address)} has ${models.length} models, of which "${shortModelName(name)}" is used; --model names another.`;
}

function connection(server: ModelServer, options: ConnectServerOptions): ModelConnection {
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
        models.get(name) ??
        new OpenAiChatModel({
          server,
          model: name,
          apiKey,
          timeoutMilliseconds,
          breaker,
          keeper: slots?.keeper,
          onNotice: options.onNotice,
        });
      models.set(name, known);
      return known;
    },
    slots: slots?.support,
    async close() {
      await slots?.keeper.close();
    },
  };
}

function slotsOf(
  server: ModelServer,
  options: ConnectServerOptions,
  model: string,
): { keeper: SlotKeeper; support: SlotSupport } | undefined {
  if (server.dialect !== 'llama-server' || server.slots === undefined) return undefined;
  const { apiKey, timeoutMilliseconds, slotFolder, cacheFolder, clock, onMeasuring } = options;
  const requests = new SlotRequests({ server, apiKey, timeoutMilliseconds });
  const keeper = new SlotKeeper({ requests, slots: server.slots, files: forkFiles(server.address), folder: slotFolder });
  return { keeper, support: new SlotSupport({ server, model, keeper, requests, cacheFolder, clock, onMeasuring }) };
}
