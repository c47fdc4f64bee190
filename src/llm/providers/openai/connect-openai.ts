import { MultiagentError } from '../../../utils/multiagent-error.ts';
import { nearestName } from '../../../utils/nearest-name.ts';
import { parseJson } from '../../../utils/parse-json.ts';
import { printableLine } from '../../../utils/printable.ts';
import { answeredIn, sentence } from '../../chat/classify-model-error.ts';
import { type ServerReach, usualReach } from '../../chat/server-reach.ts';
import { ownContext } from '../../dialects/model-lists.ts';
import type { ModelConnection } from '../../model-connection.ts';
import { ModelError } from '../../model-error.ts';
import { openConnection } from '../../open-connection.ts';
import { normaliseAddress } from '../../server/find-model-server.ts';
import { entriesOf, type ListedModel, readListedModel } from '../../server/listed-models.ts';
import { orderModels } from '../../server/order-models.ts';
import { requireLocalAddress } from '../../server/require-local-address.ts';
import { askProvider } from '../ask-provider.ts';
import { oneAddress } from '../one-address.ts';
import type { ConnectProviderOptions, Provider } from '../provider.ts';
import { wordsOfProvider } from '../provider-words.ts';

/**
 * Asks for the list of models, which shows whether the key is taken, and nothing else: a hosted service is not searched for what other servers have.
 * @throws ModelError and MultiagentError that name the provider.
 */
export async function connectOpenAi(provider: Provider, options: ConnectProviderOptions): Promise<ModelConnection> {
  const { name, apiKey, contextTokens, onNotice } = options;
  const address = normaliseAddress(oneAddress(provider, options));
  requireLocalAddress(address, options.remote);
  const words = wordsOfProvider({ name, title: provider.title, address });
  const reach = { ...usualReach({ address, dialect: 'openai' }, apiKey), words };
  const listed = await listModels(reach, address, options);
  const model = options.model ?? onlyModel(listed, words.who, name);
  const known = listed.find((one) => one.name === model);
  if (known === undefined && listed.length > 0) onNotice?.(notListed(words.who, model, listed));
  const context = known?.contextTokens ?? contextTokens;
  return openConnection(
    {
      address,
      engine: 'server',
      models: [model, ...listed.map((one) => one.name).filter((other) => other !== model)],
      ...(context === undefined ? {} : { contextTokens: context }),
      dialect: 'openai',
      hosted: provider.title,
      // A reply that stands last is answered there, not continued; the count of a prompt comes with the reply.
      capabilities: { countsTokens: false, continuesReplies: false },
    },
    { ...options, model },
    reach,
  );
}

/** Some gateways list no models, and some keys may not read the list: a model that is named is asked nevertheless. */
const unlisted: ReadonlySet<number | undefined> = new Set([403, 404, 405]);

async function listModels(reach: ServerReach, address: string, { apiKey, model, signal }: ConnectProviderOptions): Promise<ListedModel[]> {
  try {
    const text = await askProvider({ reach, address, apiKey, signal, ask: (client, limits) => client.models.list(limits) });
    const entries = entriesOf(parseJson(text));
    if (entries !== undefined) return orderModels(entries.flatMap((entry) => readListedModel(entry, ownContext) ?? []));
  } catch (error) {
    if (!(error instanceof ModelError) || error.code === 'provider.page') throw error;
    if (model === undefined || !unlisted.has(answeredIn(error.cause)?.answer.status)) throw error;
    return [];
  }
  const { who, hints } = reach.words;
  throw new ModelError({
    kind: 'configuration',
    code: 'provider.page',
    message: `${sentence(who)} answered with something else where the list of its models was asked for.`,
    hint: hints['server.not_streaming'],
  });
}

/** Names that fit into a message. */
const mostShown = 12;

function onlyModel(listed: readonly ListedModel[], who: string, name: string): string {
  const chats = listed.filter(({ kind }) => kind !== 'other').map((one) => one.name);
  const [only] = chats;
  if (only !== undefined && chats.length === 1) return only;
  const shown = chats.slice(0, mostShown).map(printableLine).join(', ');
  throw new MultiagentError({
    category: 'usage',
    code: 'provider.no_model',
    message: `No model of ${who} is named${chats.length === 0 ? ', and it lists none' : `, and it has ${chats.length}: ${shown}${chats.length > mostShown ? ', …' : ''}`}.`,
    hint: `Name one: model: <name> in providers.${name}, or --model ${name}/<name>.`,
  });
}

function notListed(who: string, model: string, listed: readonly ListedModel[]): string {
  const near = nearestName(
    model,
    listed.map((one) => one.name),
  );
  return `${sentence(who)} does not list a model "${printableLine(model)}"${near === undefined ? '' : `; did you mean ${printableLine(near)}?`}${near === undefined ? '.' : ''}`;
}
