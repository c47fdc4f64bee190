import type { ChatModel } from '../../chat-model.ts';
import type { ModelConnection } from '../../model-connection.ts';
import { ModelError } from '../../model-error.ts';
import { CircuitBreaker } from '../../server/circuit-breaker.ts';
import { normaliseAddress, serverStillLoading } from '../../server/find-model-server.ts';
import { serverRoot } from '../../server/model-server.ts';
import { requireLocalAddress } from '../../server/require-local-address.ts';
import type { ConnectProviderOptions } from '../provider.ts';
import { AnthropicChatModel } from './anthropic-chat-model.ts';
import { anthropicClient } from './anthropic-client.ts';
import { answeredIn } from './anthropic-error.ts';
import { type AnthropicFacts, assumedFacts } from './anthropic-facts.ts';
import { AnthropicModels } from './anthropic-models.ts';

/**
 * Connects to Anthropic's service, or to a server that speaks its protocol. Waits for one that is still loading its model.
 * @throws ModelError that names the provider, what it said, and what to type.
 */
export async function connectAnthropic(options: ConnectProviderOptions): Promise<ModelConnection> {
  const { name, apiKey, clock, timeoutMilliseconds, circuitBreaker, onNotice, signal = new AbortController().signal } = options;
  const place = { name, root: rootOf(options), apiKey };
  requireLocalAddress(place.root, options.remote);
  const client = anthropicClient(place);
  const models = new AnthropicModels(client, place);
  const isHealthy = (looking: AbortSignal) => models.isHealthy(looking);
  const names = options.model === undefined ? await whenLoaded(options, place.root, () => models.names(signal)) : [options.model];
  const [defaultModel] = names;
  if (defaultModel === undefined) throw noModel(name);
  if (names.length > 1)
    onNotice?.(`${name} (Anthropic) has ${names.length} models, of which ${defaultModel} is used; --model names another.`);
  const said = new Map<string, Promise<AnthropicFacts>>();
  const saidOf = (model: string): Promise<AnthropicFacts> => {
    const found = said.get(model) ?? models.facts(model, signal);
    said.set(model, found);
    found.catch(() => said.delete(model));
    return found;
  };
  const factsOf = async (model: string): Promise<AnthropicFacts> => ({ ...assumedFacts(model), ...(await saidOf(model)) });
  const { contextTokens: told = options.contextTokens } = await whenLoaded(options, place.root, () => saidOf(defaultModel));
  const { contextTokens = told } = { ...assumedFacts(defaultModel), ...(told === undefined ? {} : { contextTokens: told }) };
  if (told === undefined && contextTokens !== undefined) onNotice?.(assumption(name, defaultModel, contextTokens));
  const breaker = circuitBreaker && new CircuitBreaker({ ...circuitBreaker, isHealthy, clock });
  const opened = new Map<string, ChatModel>();
  const open = (model: string) =>
    new AnthropicChatModel({ client, place, model, facts: () => factsOf(model), isHealthy, timeoutMilliseconds, breaker, onNotice });
  return {
    server: {
      address: `${place.root}/v1`,
      engine: 'server',
      models: names,
      ...(contextTokens === undefined ? {} : { contextTokens }),
      dialect: 'openai',
      hosted: 'Anthropic',
      capabilities: open(defaultModel).capabilities,
    },
    defaultModel,
    model: (model = defaultModel) => {
      const found = opened.get(model) ?? open(model);
      opened.set(model, found);
      return found;
    },
    close: () => Promise.resolve(),
  };
}

/** Where the package's client begins: without `/v1`, which it adds. @throws ModelError `server.bad_address`, `provider.one_address`. */
function rootOf({ name, address = 'https://api.anthropic.com', servers }: ConnectProviderOptions): string {
  if (servers === undefined) return serverRoot(normaliseAddress(address.replace(/\/messages(?:\/count_tokens)?\/?$/, '')));
  throw new ModelError({
    kind: 'configuration',
    code: 'provider.one_address',
    message: `The provider ${name} (Anthropic) has one address, and base_url names ${servers.length}.`,
    hint: `Keep one in base_url of providers.${name}, or give each an entry of its own.`,
  });
}

/** Asks until the server has loaded its model, as a llama-server does after its start. @throws ModelError. */
async function whenLoaded<T>(options: ConnectProviderOptions, root: string, ask: () => Promise<T>): Promise<T> {
  const { clock, signal, onLoading, loadingTimeoutMilliseconds = 300_000 } = options;
  const began = clock.now();
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      signal?.throwIfAborted();
      const cause = error instanceof ModelError ? error.cause : error;
      if (answeredIn(cause)?.status !== 503) throw error;
      if (clock.now() - began >= loadingTimeoutMilliseconds) throw serverStillLoading(root);
      onLoading?.(root, clock.now() - began);
      await clock.sleep(1000, signal);
    }
  }
}

function noModel(name: string): ModelError {
  return new ModelError({
    kind: 'configuration',
    code: 'model.not_found',
    message: `${name} (Anthropic) does not list its models, and none is named.`,
    hint: `Set model of providers.${name}, or name one with --model.`,
  });
}

function assumption(name: string, model: string, contextTokens: number): string {
  return `${name} (Anthropic) does not report the context of ${model}: ${contextTokens} tokens are assumed. context_tokens of providers.${name} sets another number.`;
}
