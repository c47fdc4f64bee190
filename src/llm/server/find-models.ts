import { type ModelList, modelLists, ownContext } from '../dialects/model-lists.ts';
import { valueAt } from '../../utils/parse-json.ts';
import type { Answer } from './ask-json.ts';
import { isContext, type ListedModel, readListedModel } from './listed-models.ts';
import { orderModels } from './order-models.ts';

export interface FindModelsOptions {
  /** Asks the server for a path below its root. */
  ask: (path: string) => Promise<Answer>;
  /** What `/v1/models` lists. */
  entries: readonly unknown[];
  /** The model that is to be used; absent: the one that suits best. */
  model?: string | undefined;
}

export interface FoundModels {
  /** The one that is used unless another is named stands first. */
  names: string[];
  /** Of the model that is used, as it is loaded now; undefined where the server does not tell. */
  contextTokens: number | undefined;
}

/** The models of a server, with what its other lists say of them. Those are asked for only where something is open. */
export async function findModels({ ask, entries, model }: FindModelsOptions): Promise<FoundModels> {
  const own = entries.flatMap((entry) => readListedModel(entry, ownContext) ?? []);
  const known = own.length === 1 || model !== undefined ? own.find(({ name }) => model === undefined || isNamed(name, model)) : undefined;
  if (known?.contextTokens !== undefined) return { names: named(orderModels(own)), contextTokens: known.contextTokens };
  const told = (await Promise.all(modelLists.map(async (list) => readList(list, await ask(list.path))))).flat();
  const models = orderModels(own.map((one) => withWhatIsTold(one, told)));
  const used = model ?? models[0]?.name;
  const found = models.find(({ name }) => used !== undefined && isNamed(name, used));
  // A server may answer to a name that it does not list.
  const contextTokens =
    found?.contextTokens ??
    told.find(({ name, contextTokens }) => used !== undefined && isNamed(name, used) && contextTokens)?.contextTokens;
  return { names: named(models), contextTokens: contextTokens ?? (await contextBehind(ask, found)) };
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

/** Where a server stands before others: what the one behind it says of itself. Asked only where the model is loaded, because the question may load it. */
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

/** Ollama takes a name without a tag for the one with `:latest`. */
function isNamed(name: string, model: string): boolean {
  return name === model || name === `${model}:latest`;
}
