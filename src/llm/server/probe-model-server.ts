import { type Answer, askJson } from './ask-json.ts';
import { continuesReply } from './continues-reply.ts';
import { findModels } from './find-models.ts';
import { keyRefused } from './authorization.ts';
import { ModelError } from '../model-error.ts';
import { entriesOf, isContext, readListedModel } from './listed-models.ts';
import { type ModelServer, serverRoot } from './model-server.ts';
import { valueAt } from '../../utils/parse-json.ts';
import { trimEndOf } from '../../utils/trim-end-of.ts';

export interface ProbeOptions {
  /** With `/v1`. */
  address: string;
  apiKey?: string | undefined;
  engine?: ModelServer['engine'] | undefined;
  /** The model to use. Default: the first that the server lists. */
  model?: string | undefined;
  /** The context according to the settings; used if the server does not report its own. */
  contextTokens?: number | undefined;
  signal?: AbortSignal | undefined;
  /** For each question to the server. A model server answers these at once. */
  timeoutMilliseconds?: number | undefined;
}

export type ProbeResult =
  | { state: 'ready'; server: ModelServer }
  | { state: 'loading'; address: string }
  | { state: 'refused'; address: string; error: ModelError }
  | { state: 'absent'; address: string; reason: string };

/**
 * Asks an address what it is. Works with any OpenAI-compatible server; a llama-server reports more.
 * @throws only the signal's reason, and ModelError `server.bad_key`.
 */
export async function probeModelServer(options: ProbeOptions): Promise<ProbeResult> {
  const address = trimEndOf(options.address, /\//);
  const root = serverRoot(address);
  const wrongKey = () => new ModelError(keyRefused(address, options.apiKey?.trim() ? 'given' : 'none'));
  const ask = (url: string, body?: unknown) => askJson(url, { ...options, body });

  const models = await ask(`${address}/models`);
  if (models.kind === 'failed') return { state: 'absent', address, reason: models.reason };
  if (models.status === 503) return { state: 'loading', address };
  if (models.status === 401 || models.status === 403) return { state: 'refused', address, error: wrongKey() };
  const health = await ask(`${root}/health`);
  if (health.kind === 'answered' && health.status === 503) return { state: 'loading', address };
  const entries = models.status === 200 ? entriesOf(models.body) : undefined;
  if (entries === undefined) {
    const path = new URL(address).pathname;
    const chats = models.status !== 200 && (await answersChats((body) => ask(`${address}/chat/completions`, body)));
    if (!chats)
      return { state: 'absent', address, reason: `it answers, but not as a model server (HTTP ${models.status} at ${path}/models)` };
    if (options.model === undefined) {
      return {
        state: 'absent',
        address,
        reason: `it answers chats, but does not list its models (HTTP ${models.status} at ${path}/models): name one with --model`,
      };
    }
    const { engine = 'server', contextTokens, model } = options;
    const told = contextTokens ? { contextTokens } : {};
    return { state: 'ready', server: { address, engine, models: [model], ...told, dialect: 'openai', capabilities: unknownCapabilities } };
  }
  const props = await ask(`${root}/props`);
  if (await refusesKey(props, (body) => ask(`${address}/chat/completions`, body))) return { state: 'refused', address, error: wrongKey() };
  const contextTokens =
    props.kind === 'answered' && props.status === 200 ? valueAt(props.body, ['default_generation_settings', 'n_ctx']) : undefined;
  const speaksLlama = props.kind === 'answered' && (isContext(contextTokens) || contextTokens === 0);
  // A server that routes between models reports 0: it has loaded none, and must not load one for a question. All its releases continue replies.
  const loaded = isContext(contextTokens);
  const found =
    loaded && entries.length === 1
      ? { names: entries.flatMap((entry) => readListedModel(entry, [])?.name ?? []), models: [], contextTokens }
      : await findModels({ ask: (path) => ask(`${root}${path}`), entries, model: options.model });
  const several = found.models.length > 1 ? { listed: found.models, ...atOnce(props, found.models.length) } : {};
  const known = { address, engine: options.engine ?? ('server' as const), models: found.names, ...several };
  if (!speaksLlama) {
    const contextOf = found.contextTokens ?? options.contextTokens;
    const told = contextOf ? { contextTokens: contextOf } : {};
    return { state: 'ready', server: { ...known, ...told, dialect: 'openai', capabilities: unknownCapabilities } };
  }
  const slots = valueAt(props.body, ['total_slots']);
  const release = valueAt(props.body, ['build_info']);
  return {
    state: 'ready',
    server: {
      ...known,
      contextTokens: loaded ? contextTokens : (found.contextTokens ?? options.contextTokens),
      slots: isCount(slots) ? slots : undefined,
      release: typeof release === 'string' ? release : undefined,
      dialect: 'llama-server',
      capabilities: {
        countsTokens: true,
        continuesReplies: !loaded || (await continuesReply((path, body) => ask(`${root}${path}`, body))),
      },
    },
  };
}

/**
 * Without a key, a llama-server lists its models and nothing else. Others may guard only paths that they do not have. So a chat decides: an empty one is
 * refused before anything is read.
 */
async function refusesKey(props: Answer, chat: (body: object) => Promise<Answer>): Promise<boolean> {
  const isRefused = (answer: Answer) => answer.kind === 'answered' && (answer.status === 401 || answer.status === 403);
  return isRefused(props) && isRefused(await chat({}));
}

/** Some gateways list no models. Their answer to an empty chat tells them from any other page: it says as JSON what is missing. */
async function answersChats(chat: (body: object) => Promise<Answer>): Promise<boolean> {
  const answer = await chat({});
  return answer.kind === 'answered' && [200, 400, 422].includes(answer.status) && typeof answer.body === 'object' && answer.body !== null;
}

/** A llama-server that loads models as they are asked for tells how many it holds at most; 0: all. */
function atOnce(props: Answer, models: number): { modelsAtOnce?: number } {
  const most = props.kind === 'answered' && props.status === 200 ? valueAt(props.body, ['max_instances']) : undefined;
  if (most === 0) return { modelsAtOnce: models };
  return isCount(most) ? { modelsAtOnce: most } : {};
}

/** Such a server does not report what it does with a last assistant message, and many start the reply again. */
const unknownCapabilities = { countsTokens: false, continuesReplies: false };

/** More requests at once than any server takes. */
const mostSlots = 10_000;

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= mostSlots;
}
