import { MultiagentError } from '../../../utils/multiagent-error.ts';
import { sentence } from '../../chat/classify-model-error.ts';
import type { ChatModel } from '../../chat-model.ts';
import type { ModelConnection } from '../../model-connection.ts';
import { ModelError } from '../../model-error.ts';
import { CircuitBreaker } from '../../server/circuit-breaker.ts';
import { normaliseAddress, serverStillLoading } from '../../server/find-model-server.ts';
import { serverRoot } from '../../server/model-server.ts';
import { requireLocalAddress } from '../../server/require-local-address.ts';
import { oneAddress } from '../one-address.ts';
import type { ConnectProviderOptions, Provider } from '../provider.ts';
import { AnthropicChatModel } from './anthropic-chat-model.ts';
import { anthropicClient, type AnthropicPlace } from './anthropic-client.ts';
import { answeredIn, whoAnswers } from './anthropic-error.ts';
import { type AnthropicFacts, assumedFacts } from './anthropic-facts.ts';
import { AnthropicModels } from './anthropic-models.ts';

/**
 * Connects to Anthropic's service, or to a server that speaks its protocol. Waits for one that is still loading its model.
 * @throws ModelError that names the provider, what it said, and what to type.
 */
export async function connectAnthropic(provider: Provider, options: ConnectProviderOptions): Promise<ModelConnection> {
  const { name, apiKey, clock, timeoutMilliseconds, circuitBreaker, onNotice, signal = new AbortController().signal } = options;
  const place = { name, root: rootOf(provider, options), apiKey };
  requireLocalAddress(place.root, options.remote);
  const client = anthropicClient(place);
  const models = new AnthropicModels(client, place);
  const isHealthy = (looking: AbortSignal) => models.isHealthy(looking);
  const names = options.model === undefined ? await whenLoaded(options, place.root, () => models.names(signal)) : [options.model];
  const [defaultModel] = names;
  if (defaultModel === undefined) throw noModel(place);
  if (names.length > 1)
    onNotice?.(
      `${sentence(whoAnswers(place))} has ${names.length} models, of which ${defaultModel} is used; --model ${name}/<model> names another.`,
    );
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
  if (told === undefined && contextTokens !== undefined) onNotice?.(assumption(place, defaultModel, contextTokens));
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
      hosted: provider.title,
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

/** Where the package's client begins: without `/v1`, which it adds. @throws ModelError `server.bad_address`; MultiagentError as `oneAddress`. */
function rootOf(provider: Provider, options: ConnectProviderOptions): string {
  return serverRoot(normaliseAddress(oneAddress(provider, options).replace(/\/messages(?:\/count_tokens)?\/?$/, '')));
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

function noModel(place: AnthropicPlace): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'provider.no_model',
    message: `No model of ${whoAnswers(place)} is named, and it lists none.`,
    hint: `Name one: model: <name> in providers.${place.name}, or --model ${place.name}/<name>.`,
  });
}

function assumption(place: AnthropicPlace, model: string, contextTokens: number): string {
  return `${sentence(whoAnswers(place))} does not report the context of ${model}: ${contextTokens} tokens are assumed. context_tokens of providers.${place.name} sets another number.`;
}
