/** How much a model can do at once: `small` up to about 3 billion parameters, `medium` up to about 9, `large` above. */
export type ModelClass = 'small' | 'medium' | 'large';

export interface ModelClassification {
  modelClass: ModelClass;
  /** A sentence for people. */
  because: string;
}

/** The largest model of each class, in billions of parameters. */
const smallModel = 3;
const mediumModel = 9;

/** The class of a model by the size in the last part of its name. A name without a size counts as large, since nothing says that the model needs help. */
export function classifyModel(name: string): ModelClassification {
  const size = sizeInName(name);
  if (size === undefined) return { modelClass: 'large', because: 'its name states no size' };
  const because = `its name states ${size} billion parameters`;
  if (size <= smallModel) return { modelClass: 'small', because };
  return { modelClass: size <= mediumModel ? 'medium' : 'large', because };
}

/**
 * Billions of parameters as stated in the name (`-1.5b`, `:0.6b`, `E2B`, `-270m`), the largest if it states several; undefined if it states none. The active
 * part of a mixture (`a3b`) and mixtures like `8x7b` do not count as sizes; millions count only without billions, since `1M` may be a context.
 */
export function sizeInName(name: string): number | undefined {
  const sizes = (expression: RegExp) => [...name.matchAll(expression)].map((found) => Number(found[1]));
  const billions = sizes(/(?<![a-z\d.])e?(\d+(?:\.\d+)?)b(?![a-z\d])/gi);
  if (billions.length > 0) return Math.max(...billions);
  const millions = sizes(/(?<![a-z\d.])(\d{2,3})m(?![a-z\d])/gi);
  return millions.length > 0 ? Math.max(...millions) / 1000 : undefined;
}
