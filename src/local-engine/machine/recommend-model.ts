import { catalogue, type CatalogueModel } from './catalogue.ts';
import { fitModel } from './fit-model.ts';
import type { Machine } from './machine.ts';

/** A run with less is cut short all the time. */
export const usualContext = 16_384;
/** Of more active parameters a processor without a GPU writes too slowly, in billions. */
const mostOnProcessor = 8;

/**
 * The best known model that this machine runs at a bearable speed, with everything else closed; none where even the smallest does not fit.
 * One that a GPU holds whole, or that a processor keeps up with.
 */
export function recommendModel(machine: Machine, models: readonly CatalogueModel[] = catalogue): CatalogueModel | undefined {
  return models.find((model) => {
    const { place } = fitModel({ machine, model, contextTokens: usualContext, when: 'ever' });
    return place === 'gpu' || (place !== 'too_large' && model.activeBillions <= mostOnProcessor);
  });
}
