import { chatKinds, kindAt, loadedStates, nameAt, otherKinds, otherNames, stateAt } from '../dialects/model-lists.ts';
import { valueAt } from '../../utils/parse-json.ts';

/** What a server says about one of its models. */
export interface ListedModel {
  name: string;
  kind: 'chat' | 'other' | 'unknown';
  loaded: boolean | undefined;
  /** Billions of parameters. */
  size: number | undefined;
  /** Its context in tokens as it is loaded now. */
  contextTokens: number | undefined;
}

/** No server has more models, and no model a longer name. */
const mostModels = 5000;
const longestName = 500;

/** Where an answer may have the list; the first place with one counts. */
const listAt: readonly (readonly PropertyKey[])[] = [[], ['data'], ['models'], ['result'], ['data', 'models']];

/** The entries of a list of models, whatever its shape. Undefined if the answer is not a list. */
export function entriesOf(body: unknown): unknown[] | undefined {
  for (const path of listAt) {
    const found = valueAt(body, path);
    if (Array.isArray(found)) return found.slice(0, mostModels);
    // Ollama answers this if it has none.
    if (found === null && path.length > 0 && valueAt(body, ['object']) === 'list') return [];
  }
  return undefined;
}

/** Undefined for an entry that names nothing. */
export function readListedModel(entry: unknown, contextAt: readonly (readonly PropertyKey[])[]): ListedModel | undefined {
  const name = typeof entry === 'string' ? entry : firstText(entry, nameAt);
  if (name === undefined || name === '' || name.length > longestName) return undefined;
  return {
    name,
    kind: kindOf(entry, name),
    loaded: isLoaded(entry),
    size: sizeOf(entry, name),
    contextTokens: contextIn(entry, contextAt),
  };
}

function kindOf(entry: unknown, name: string): ListedModel['kind'] {
  const words = kindAt.flatMap((path) => wordsIn(valueAt(entry, path)));
  if (words.some((word) => chatKinds.test(word))) return 'chat';
  return words.some((word) => otherKinds.test(word)) || otherNames.test(name) ? 'other' : 'unknown';
}

/** The words in a text, a list of words, or an object that says yes or no to each. */
function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.filter((word) => typeof word === 'string').slice(0, 50);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([word, is]) => (is === true ? [word] : []));
}

function isLoaded(entry: unknown): boolean | undefined {
  const instances = valueAt(entry, ['loaded_instances']);
  if (Array.isArray(instances)) return instances.length > 0;
  for (const path of stateAt) {
    const state = valueAt(entry, path);
    if (typeof state === 'string' || typeof state === 'boolean') return loadedStates.test(String(state));
  }
  return undefined;
}

/** The size as reported, else as stated in the name: `7b`, `30B-A3B`, `8x7b`. */
function sizeOf(entry: unknown, name: string): number | undefined {
  const told = firstText(entry, [['details', 'parameter_size'], ['parameter_size'], ['params_string']]) ?? name;
  const found = /(?:(\d{1,2})x)?(\d{1,4}(?:\.\d{1,3})?)\s?([bm])(?![a-z])/i.exec(told);
  if (found === null) return undefined;
  const [, times = '1', count = '0', unit = 'b'] = found;
  return (Number(times) * Number(count)) / (unit.toLowerCase() === 'm' ? 1000 : 1);
}

function contextIn(entry: unknown, paths: readonly (readonly PropertyKey[])[]): number | undefined {
  return paths.map((path) => valueAt(entry, path)).find(isContext);
}

/** No model has a larger context. */
const mostTokens = 1_000_000_000;

export function isContext(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= mostTokens;
}

function firstText(value: unknown, paths: readonly (readonly PropertyKey[])[]): string | undefined {
  return paths.map((path) => valueAt(value, path)).find((text): text is string => typeof text === 'string');
}
