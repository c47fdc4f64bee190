import type { ChatModel } from '../../chat-model.ts';
import { sentence } from '../../chat/classify-model-error.ts';
import type { ModelConnection } from '../../model-connection.ts';
import { ModelError } from '../../model-error.ts';
import { CircuitBreaker } from '../../server/circuit-breaker.ts';
import { normaliseAddress } from '../../server/find-model-server.ts';
import { serverRoot } from '../../server/model-server.ts';
import { requireLocalAddress } from '../../server/require-local-address.ts';
import { oneAddress } from '../one-address.ts';
import type { ConnectProviderOptions, Provider } from '../provider.ts';
import { BotserverTeam } from './autotask/botserver-team.ts';
import { spellingsOf, usualAgent, wholeSteps } from './botserver-agents.ts';
import { BotserverChatModel } from './botserver-chat-model.ts';
import { BotserverClient } from './botserver-client.ts';
import { wordsOfBotserver } from './botserver-words.ts';

/**
 * Connects to a botserver. It is asked whether it is well, and nothing else: what its agents can do shows when they are asked.
 * @throws ModelError and MultiagentError that name the provider, what it said, and what to type.
 */
export async function connectBotserver(provider: Provider, options: ConnectProviderOptions): Promise<ModelConnection> {
  const { name, apiKey, timeoutMilliseconds, circuitBreaker, clock, contextTokens, signal = new AbortController().signal } = options;
  const root = rootOf(oneAddress(provider, options));
  requireLocalAddress(root, options.remote);
  const client = new BotserverClient({ name, title: provider.title, root, apiKey });
  const isHealthy = (looking: AbortSignal) => client.isHealthy(looking);
  const defaultModel = options.model ?? usualAgent;
  for (const agent of [defaultModel, ...(options.roleModels ?? [])]) spellingsOf(agent);
  await requireWell(client, signal);
  const breaker = circuitBreaker && new CircuitBreaker({ ...circuitBreaker, isHealthy, clock });
  const opened = new Map<string, ChatModel>();
  return {
    server: {
      address: root,
      engine: 'server',
      models: [defaultModel],
      ...(contextTokens === undefined ? {} : { contextTokens }),
      dialect: 'openai',
      hosted: provider.title,
      capabilities: { countsTokens: false, continuesReplies: false },
    },
    defaultModel,
    model: (agent = defaultModel) => {
      const found =
        opened.get(agent) ??
        new BotserverChatModel({
          client,
          name: agent,
          spellings: spellingsOf(agent === wholeSteps ? usualAgent : agent),
          timeoutMilliseconds,
          breaker,
        });
      opened.set(agent, found);
      return found;
    },
    team: (agent) => (agent === wholeSteps ? new BotserverTeam(client, clock) : undefined),
    isHealthy,
    close: () => Promise.resolve(),
  };
}

/** Up to where its own paths begin, whatever was copied. @throws ModelError `server.bad_address`. */
function rootOf(address: string): string {
  return serverRoot(normaliseAddress(address.replace(/\/(?:api(?:\/[\w-]+){0,3}|ws(?:\/[\w-]+){0,2}|healthz?)\/?$/i, '')));
}

async function requireWell(client: BotserverClient, signal: AbortSignal): Promise<void> {
  let well: boolean;
  try {
    well = await client.isHealthy(signal);
  } catch (error) {
    signal.throwIfAborted();
    throw client.failure(error, 'its health');
  }
  if (well) return;
  const { name } = client.place;
  throw new ModelError({
    kind: 'configuration',
    code: 'provider.no_health',
    message: `${sentence(wordsOfBotserver(client.place).who)} has no health check (/health, /healthz, /api/health), as every botserver has.`,
    hint: `Check base_url of providers.${name}: it may be another server.`,
  });
}
