import type { MeasuredSpeeds } from '../../llm/routing/measured-speeds.ts';
import type { ModelCandidate } from '../../llm/routing/model-candidate.ts';
import type { ModelFigures } from '../../llm/routing/model-figures.ts';
import { qualityOf } from '../../llm/routing/model-quality.ts';

/** What is known of the models that a run chooses among, and of how long their servers take to load them. */
export interface RoutingFigures extends ModelFigures {
  /** Undefined: it was never seen. */
  loadSecondsOf: (candidate: ModelCandidate) => number | undefined;
}

/** The figures of now: those of the evaluation that are shipped, and what this machine has measured. @param speeds Undefined: nothing is kept. */
export async function routingFigures(speeds: MeasuredSpeeds | undefined): Promise<RoutingFigures> {
  const measured = (await speeds?.known()) ?? (() => undefined);
  return {
    qualityOf: (candidate, families) => qualityOf(candidate, families),
    speedOf(candidate) {
      const { read, write } = measured(candidate) ?? {};
      return read === undefined || write === undefined ? undefined : { read, write };
    },
    loadSecondsOf: (candidate) => measured(candidate)?.load,
  };
}
