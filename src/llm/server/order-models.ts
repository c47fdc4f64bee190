import { weakNames } from '../dialects/model-lists.ts';
import type { ListedModel } from './listed-models.ts';

/** Beyond this many billion parameters few machines run a model as fast as a person waits. */
const largest = 40;
/** Of a model that nobody says the size of. */
const usualSize = 7;

/**
 * A server's models with the one first that is used unless another is named: one for chat; one that is loaded, because another would be loaded in its place; the
 * largest that is not too large. Between equals the server's own order decides.
 */
export function orderModels(models: readonly ListedModel[]): ListedModel[] {
  return models.toSorted((a, b) => compare(rank(a), rank(b)));
}

function rank({ name, kind, loaded, size = usualSize }: ListedModel): number[] {
  return [
    kind === 'other' ? 1 : 0,
    loaded === true ? 0 : 1,
    weakNames.test(name) ? 1 : 0,
    size > largest ? 1 : 0,
    size > largest ? size : -size,
  ];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((value, index) => value !== b[index]);
  return differs === -1 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0);
}
