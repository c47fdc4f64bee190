import { ModelError } from '../model-error.ts';
import { howToPrice } from './how-to-price.ts';

/** Of a model that has no price, in a run that has a budget. @param place Whose model it is: a name in the settings. */
export function noPrice(place: string, model: string): ModelError {
  return new ModelError({
    kind: 'refused',
    code: 'budget.no_price',
    message: `The run has a budget, and nobody knows what ${model} of ${place} costs.`,
    hint: howToPrice,
  });
}
