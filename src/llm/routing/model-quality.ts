import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { classifyModel, type ModelClass, sizeInName } from '../profile/model-class.ts';
import { modelKey } from '../server/model-key.ts';
import type { ModelCandidate } from './model-candidate.ts';
import type { QualityFigure } from './model-figures.ts';
import type { EvaluationFamily } from './task-families.ts';

const share = z.number().min(0).max(1);

/** What the evaluation has found out, as it is shipped. */
export const modelQualitySchema = z.strictObject({
  /** When it was last changed: `2026-11-27`. */
  date: z.string(),
  /** By the last part of a model's name, then by family of tasks. Names that nobody has heard of match nothing. */
  models: z.record(z.string(), z.record(z.string(), z.strictObject({ share, tasks: z.int().positive(), repeats: z.int().positive() }))),
});

export type ModelQuality = z.infer<typeof modelQualitySchema>;

/**
 * What is assumed of a model that nobody has measured, by its class alone: no measurement, and low, so that what was measured as better wins. A name that states no
 * size stands for nothing.
 */
export const assumedShares: Readonly<Record<ModelClass, number>> = { small: 0.05, medium: 0.15, large: 0.3 };

let shipped: ModelQuality | undefined;

export function shippedModelQuality(): ModelQuality {
  shipped ??= modelQualitySchema.parse(parse(readFileSync(join(import.meta.dirname, 'model-quality.yaml'), 'utf8')));
  return shipped;
}

/** What is known of a model for such work: the evaluation's figures for these families, weighted by their tasks, else what its size lets expect, else nothing. */
export function qualityOf(
  { model, size }: Pick<ModelCandidate, 'model' | 'size'>,
  families: readonly EvaluationFamily[],
  { models }: ModelQuality = shippedModelQuality(),
): QualityFigure | undefined {
  const key = modelKey(model);
  const byFamily = Object.hasOwn(models, key) ? models[key]! : {};
  const known = families.flatMap((family) => (Object.hasOwn(byFamily, family) ? [byFamily[family]!] : []));
  const tasks = known.reduce((sum, each) => sum + each.tasks, 0);
  if (tasks > 0) return { share: known.reduce((sum, each) => sum + each.share * each.tasks, 0) / tasks, from: 'measured' };
  const modelClass = classOf(key, size);
  return modelClass && { share: assumedShares[modelClass], from: 'assumed' };
}

function classOf(name: string, size: number | undefined): ModelClass | undefined {
  if (sizeInName(name) !== undefined) return classifyModel(name).modelClass;
  return size === undefined ? undefined : classifyModel(`${size}b`).modelClass;
}
