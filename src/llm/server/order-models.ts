import { weakNames } from '../dialects/model-lists.ts';
import type { ListedModel } from './listed-models.ts';

/** With more billions of parameters than this, a model is too slow for a person to wait for on most machines. */
const largest = 40;
/** The assumed size of a model that states none. */
const usualSize = 7;

/**
 * A server's models; the first is used unless another is named. First come models for chat, then loaded ones, because another would be loaded instead, then the
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
