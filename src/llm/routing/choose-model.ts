import type { ModelCandidate } from './model-candidate.ts';
import type { ModelFigures } from './model-figures.ts';
import { type ModelRating, rateModel, type RoutedTask, type RoutingPreferences } from './rate-model.ts';

/** The model that was chosen, and the one that would be next. */
export interface ModelChoice<Candidate extends ModelCandidate = ModelCandidate> {
  chosen: ModelRating<Candidate>;
  /** Undefined: there was no other. */
  next: ModelRating<Candidate> | undefined;
}

/**
 * The candidate that suits a task best by the figures. Among equals the first in the list wins, so that an order in which somebody named them counts.
 * @returns undefined if none may do it.
 */
export function chooseModel<Candidate extends ModelCandidate>(
  task: RoutedTask<Candidate>,
  candidates: readonly Candidate[],
  figures: ModelFigures,
  preferences: RoutingPreferences,
): ModelChoice<Candidate> | undefined {
  const rated = candidates
    .filter(({ where }) => task.where === 'anywhere' || where === 'here')
    .map((candidate) => rateModel(task, candidate, figures, preferences))
    // Sorting is stable.
    .toSorted((a, b) => b.points - a.points);
  const [chosen, next] = rated;
  return chosen && { chosen, next };
}
