import type { ModelCandidate } from './model-candidate.ts';
import type { PriceFigure } from './price-figure.ts';
import type { EvaluationFamily } from './task-families.ts';

/** How much of such work a model does right. */
export interface QualityFigure {
  /** From 0 to 1: the part of the checks that passed. */
  share: number;
  /** `measured`: by the evaluation. `assumed`: from its size alone. */
  from: 'measured' | 'assumed';
}

/** Tokens a second. */
export interface SpeedFigure {
  read: number;
  write: number;
}

/** What is known of models. Unknown is undefined, and never a number that somebody made up. */
export interface ModelFigures {
  qualityOf: (candidate: ModelCandidate, families: readonly EvaluationFamily[]) => QualityFigure | undefined;
  speedOf: (candidate: ModelCandidate) => SpeedFigure | undefined;
}

/**
 * What is taken in the place of a figure that nobody knows, so that models can be compared at all. It is low on purpose: what is known to be better than this
 * is never passed over for a model of which nothing is known.
 */
export const assumedSpeed: SpeedFigure = { read: 40, write: 5 };
export const assumedPrice: PriceFigure = { read: 15, write: 75 };
