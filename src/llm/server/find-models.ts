import { type ModelList, modelLists, ownContext } from '../dialects/model-lists.ts';
import { valueAt } from '../../utils/parse-json.ts';
import type { Answer } from './ask-json.ts';
import { isContext, type ListedModel, readListedModel } from './listed-models.ts';
import { orderModels } from './order-models.ts';

export interface FindModelsOptions {
  /** Asks the server for a path below its root. */
  ask: (path: string) => Promise<Answer>;
  /** The entries of `/v1/models`. */
  entries: readonly unknown[];
  /** The model to use. Absent: the one that suits best. */
  model?: string | undefined;
}

export interface FoundModels {
  /** The first is used unless another is named. */
  names: string[];
  /** The same, with what the lists say about each. */
  models: ListedModel[];
  /** The context with which the model in use is loaded now. Undefined if the server does not report it. */
  contextTokens: number | undefined;
}

/** The models of a server, with what its other lists say about them. Those are asked for only if something is unknown. */
export async function findModels({ ask, entries, model }: FindModelsOptions): Promise<FoundModels> {
  const own = entries.flatMap((entry) => readListedModel(entry, ownContext) ?? []);
  const known = own.length === 1 || model !== undefined ? own.find(({ name }) => model === undefined || isNamed(name, model)) : undefined;
  if (known?.contextTokens !== undefined) {
    const models = orderModels(own);
    return { names: named(models), models, contextTokens: known.contextTokens };
  }
  const told = (await Promise.all(modelLists.map(async (list) => readList(list, await ask(list.path))))).flat();
  const models = orderModels(own.map((one) => withWhatIsTold(one, told)));
  const used = model ?? models[0]?.name;
  const found = models.find(({ name }) => used !== undefined && isNamed(name, used));
  // A server may accept a name that it does not list.
  const contextTokens =
    found?.contextTokens ??
    told.find(({ name, contextTokens }) => used !== undefined && isNamed(name, used) && contextTokens)?.contextTokens;
  return { names: named(models), models, contextTokens: contextTokens ?? (await contextBehind(ask, found)) };
}

function readList({ list, context, loaded }: ModelList, answer: Answer): ListedModel[] {
  if (answer.kind !== 'answered' || answer.status !== 200) return [];
  const entries = list === undefined ? [answer.body] : (valueAt(answer.body, [list]) ?? []);
  if (!Array.isArray(entries)) return [];
  const models = entries.slice(0, 5000).flatMap((entry) => readListedModel(entry, context) ?? []);
  return loaded === undefined ? models : models.map((model) => ({ ...model, loaded: true }));
}

function withWhatIsTold(model: ListedModel, told: readonly ListedModel[]): ListedModel {
  const same = told.filter(({ name }) => isNamed(name, model.name) || isNamed(model.name, name));
  const kinds = [model.kind, ...same.map(({ kind }) => kind)];
  const loaded = [model.loaded, ...same.map((one) => one.loaded)];
  return {
    name: model.name,
    kind: kinds.includes('chat') ? 'chat' : kinds.includes('other') ? 'other' : 'unknown',
    loaded: loaded.includes(true) ? true : loaded.find((is) => is !== undefined),
    size: same.find(({ size }) => size !== undefined)?.size ?? model.size,
    contextTokens: model.contextTokens ?? same.find(({ contextTokens }) => contextTokens !== undefined)?.contextTokens,
  };
}

/** Paths at which a router passes on what the server behind it reports. Asked only if the model is loaded, because the question may load it. */
const behind: readonly ((name: string) => string)[] = [
  // The router of llama-server, llama-swap.
  (name) => `/props?model=${encodeURIComponent(name)}&autoload=false`,
  (name) => `/upstream/${encodeURIComponent(name)}/props`,
];

async function contextBehind(ask: FindModelsOptions['ask'], model: ListedModel | undefined): Promise<number | undefined> {
  if (model?.loaded !== true) return undefined;
  for (const pathOf of behind) {
    const answer = await ask(pathOf(model.name));
    const context =
      answer.kind === 'answered' && answer.status === 200 ? valueAt(answer.body, ['default_generation_settings', 'n_ctx']) : undefined;
    if (isContext(context)) return context;
  }
  return undefined;
}

function named(models: readonly ListedModel[]): string[] {
  return models.map(({ name }) => name);
}

/** To Ollama a name without a tag means the one with `:latest`. */
function isNamed(name: string, model: string): boolean {
  return name === model || name === `${model}:latest`;
}
