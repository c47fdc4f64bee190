import { assumedPrice, assumedSpeed, type ModelFigures, type QualityFigure } from './model-figures.ts';
import type { ModelCandidate } from './model-candidate.ts';
import type { EvaluationFamily } from './task-families.ts';

/** What one model is to do. */
export interface RoutedTask<Candidate extends ModelCandidate = ModelCandidate> {
  /** Its parts, at least one: the steps that one choice is made for. */
  parts: readonly RoutedPart[];
  /** `here`: only models on this machine may do it. */
  where: 'anywhere' | 'here';
  /** The seconds that it takes until a model can begin, beside the work itself: loading it, reading again what another has read. */
  secondsBefore: (candidate: Candidate) => number;
}

/** One step: the tokens that a model that has read what came before reads and writes for it. */
export interface RoutedPart {
  families: readonly EvaluationFamily[];
  readTokens: number;
  writeTokens: number;
}

/** What one more check of a hundred that passes is worth. */
export interface RoutingPreferences {
  /** Seconds of waiting; more than 0. */
  seconds: number;
  /** US dollars; more than 0. */
  price: number;
}

/** A model for a task, by the figures. */
export interface ModelRating<Candidate extends ModelCandidate = ModelCandidate> {
  candidate: Candidate;
  /** Checks of a hundred, on average over the parts; what is lost by waiting and by paying is subtracted. Larger is better. */
  points: number;
  /** On average over the parts. `partly`: of some parts it was measured, and of others it is assumed, or 0 where nothing is known. Undefined: nothing is known. */
  quality: { share: number; from: QualityFigure['from'] | 'partly' } | undefined;
  /** All parts together, without what comes before them. */
  seconds: number;
  speed: 'measured' | 'assumed';
  price: number;
  pricing: 'known' | 'assumed';
}

/** How well a model suits a task. It depends on this model and this task alone, so that no third model changes which of two is better. */
export function rateModel<Candidate extends ModelCandidate>(
  task: RoutedTask<Candidate>,
  candidate: Candidate,
  figures: ModelFigures,
  preferences: RoutingPreferences,
): ModelRating<Candidate> {
  const { parts } = task;
  const qualities = parts.map(({ families }) => figures.qualityOf(candidate, families));
  const shares = qualities.map((quality) => quality?.share ?? 0);
  const share = shares.reduce((sum, each) => sum + each, 0) / parts.length;
  const speed = figures.speedOf(candidate);
  const { price } = candidate;
  const seconds = sumOf(parts, speed ?? assumedSpeed, (tokens, perSecond) => tokens / perSecond);
  const paid = sumOf(parts, price ?? assumedPrice, (tokens, each) => (tokens * each) / 1_000_000);
  const lost = (seconds + task.secondsBefore(candidate)) / preferences.seconds + paid / preferences.price;
  return {
    candidate,
    points: share * 100 - lost / parts.length,
    quality: qualities.every((quality) => quality === undefined) ? undefined : { share, from: whereFrom(qualities) },
    seconds,
    speed: speed === undefined ? 'assumed' : 'measured',
    price: paid,
    pricing: price === undefined ? 'assumed' : 'known',
  };
}

function whereFrom(qualities: readonly (QualityFigure | undefined)[]): QualityFigure['from'] | 'partly' {
  const measured = qualities.filter((quality) => quality?.from === 'measured').length;
  if (measured === qualities.length) return 'measured';
  return measured === 0 ? 'assumed' : 'partly';
}

function sumOf(
  parts: readonly RoutedPart[],
  figure: { read: number; write: number },
  of: (tokens: number, figure: number) => number,
): number {
  return parts.reduce((sum, { readTokens, writeTokens }) => sum + of(readTokens, figure.read) + of(writeTokens, figure.write), 0);
}
