import type { ChatModel } from './chat-model.ts';
import type { ServerReach } from './chat/server-reach.ts';
import type { ConnectServerOptions, ModelConnection } from './model-connection.ts';
import { OpenAiChatModel } from './open-ai-chat-model.ts';
import { CircuitBreaker } from './server/circuit-breaker.ts';
import type { ModelServer } from './server/model-server.ts';
import { forkFiles } from './slots/fork-files.ts';
import { SlotKeeper } from './slots/slot-keeper.ts';
import { SlotRequests } from './slots/slot-requests.ts';
import { SlotSupport } from './slots/slot-support.ts';

type OpenConnectionOptions = Pick<
  ConnectServerOptions,
  'model' | 'apiKey' | 'timeoutMilliseconds' | 'circuitBreaker' | 'clock' | 'slotFolder' | 'cacheFolder' | 'onMeasuring' | 'onNotice'
>;

/** Opens the connection to a server that was found, or to a provider that was asked. */
export function openConnection(server: ModelServer, options: OpenConnectionOptions, reach: ServerReach): ModelConnection {
  const { apiKey, timeoutMilliseconds, circuitBreaker, clock } = options;
  const { isHealthy } = reach;
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
          reach,
          timeoutMilliseconds,
          breaker,
          keeper: slots?.keeper,
          onNotice: options.onNotice,
        });
      models.set(name, known);
      return known;
    },
    isHealthy,
    slots: slots?.support,
    async close() {
      await slots?.keeper.close();
    },
  };
}

function slotsOf(
  server: ModelServer,
  options: OpenConnectionOptions,
  model: string,
): { keeper: SlotKeeper; support: SlotSupport } | undefined {
  if (server.dialect !== 'llama-server' || server.slots === undefined) return undefined;
  const { apiKey, timeoutMilliseconds, slotFolder, cacheFolder, clock, onMeasuring } = options;
  const requests = new SlotRequests({ server, apiKey, timeoutMilliseconds });
  const keeper = new SlotKeeper({ requests, slots: server.slots, files: forkFiles(server.address), folder: slotFolder });
  return { keeper, support: new SlotSupport({ server, model, keeper, requests, cacheFolder, clock, onMeasuring }) };
}
