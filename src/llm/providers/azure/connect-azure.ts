import { AzureOpenAI } from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { MultiagentError } from '../../../utils/multiagent-error.ts';
import { answeredIn } from '../../chat/classify-model-error.ts';
import type { ServerReach } from '../../chat/server-reach.ts';
import type { ModelConnection } from '../../model-connection.ts';
import { ModelError } from '../../model-error.ts';
import { openConnection } from '../../open-connection.ts';
import { authorization } from '../../server/authorization.ts';
import { normaliseAddress } from '../../server/find-model-server.ts';
import { requireLocalAddress } from '../../server/require-local-address.ts';
import { unlimitedFetch } from '../../server/unlimited-fetch.ts';
import { askProvider } from '../ask-provider.ts';
import { oneAddress } from '../one-address.ts';
import type { ConnectProviderOptions, Provider } from '../provider.ts';
import { wordsOfProvider } from '../provider-words.ts';
import { azureAnswers } from './azure-answers.ts';

type EmptyChat = ChatCompletionCreateParamsNonStreaming;

/** The version of the API unless an entry names another: the last that is not a preview. */
const usualVersion = '2024-10-21';

/**
 * Asks the deployment for nothing, which it refuses: that shows that key, version and deployment are right, and costs no token.
 * @throws ModelError and MultiagentError that name the provider.
 */
export async function connectAzure(provider: Provider, options: ConnectProviderOptions): Promise<ModelConnection> {
  const { name, apiKey, model, contextTokens, apiVersion = usualVersion, signal } = options;
  const address = resourceAddress(oneAddress(provider, options));
  requireLocalAddress(address, options.remote);
  if (model === undefined) throw noDeployment(name);
  const key = authorization(apiKey).authorization?.replace('Bearer ', '');
  const headers = key === undefined ? {} : { 'api-key': key };
  const reach: ServerReach = {
    headers,
    client: (client) => new AzureOpenAI({ ...client, apiVersion }),
    isHealthy: (asked) => answers(`${address}/models?api-version=${encodeURIComponent(apiVersion)}`, headers, asked),
    words: wordsOfProvider({ name, title: provider.title, address }, azureAnswers(name)),
  };
  try {
    const ask = { reach, address, apiKey, signal };
    await askProvider({ ...ask, ask: (client, limits) => client.chat.completions.create({ model } as EmptyChat, limits) });
  } catch (error) {
    if (!(error instanceof ModelError) || !takesChats.has(answeredIn(error.cause)?.answer.status) || error.code === 'provider.quota')
      throw error;
  }
  return openConnection(
    {
      address,
      engine: 'server',
      models: [model],
      ...(contextTokens === undefined ? {} : { contextTokens }),
      dialect: 'openai',
      hosted: provider.title,
      capabilities: { countsTokens: false, continuesReplies: false },
    },
    options,
    reach,
  );
}

/** How a deployment refuses a chat without messages, or puts it off. */
const takesChats: ReadonlySet<number | undefined> = new Set([400, 422, 429]);

/** Whatever was copied from the portal or an example: up to and with `/openai`. */
function resourceAddress(address: string): string {
  const url = new URL(normaliseAddress(address.replace(/[?#].*$/s, '')));
  const steps = url.pathname.split('/');
  const own = steps.findIndex((step) => step === 'openai' || step === 'v1');
  return `${url.origin}${(own === -1 ? steps : steps.slice(0, own)).join('/')}/openai`;
}

function noDeployment(name: string): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'provider.no_model',
    message: `No deployment of the provider ${name} (Azure OpenAI) is named.`,
    hint: `Name one: model: <deployment> in providers.${name}, or --model ${name}/<deployment>.`,
  });
}

/** A working resource answers this at once. */
const longestMilliseconds = 10_000;

async function answers(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<boolean> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(longestMilliseconds)]);
  const response = await unlimitedFetch(url, { headers, signal: limited });
  await response.body?.cancel();
  return response.ok;
}
