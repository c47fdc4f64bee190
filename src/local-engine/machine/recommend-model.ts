import { catalogue, type CatalogueModel } from './catalogue.ts';
import { fitModel } from './fit-model.ts';
import type { Machine } from './machine.ts';

/** With less, replies in a run are constantly cut short. */
export const usualContext = 16_384;
/** Billions of active parameters; with more, a processor without a GPU writes too slowly. */
const mostOnProcessor = 8;

/**
 * The best known model that this machine runs at a reasonable speed, with all other programs closed: the GPU holds it entirely, or the processor is fast enough
 * for it. Undefined if even the smallest does not fit.
 */
export function recommendModel(machine: Machine, models: readonly CatalogueModel[] = catalogue): CatalogueModel | undefined {
  return models.find((model) => {
    const { place } = fitModel({ machine, model, contextTokens: usualContext, when: 'ever' });
    return place === 'gpu' || (place !== 'too_large' && model.activeBillions <= mostOnProcessor);
  });
}
