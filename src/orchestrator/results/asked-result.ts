import type { Answer, AnswerType } from '../../events/decision-events.ts';
import type { OpenQuestion } from '../decisions/open-questions.ts';

/** What a step asks a person. */
export interface AskedResult {
  task: string;
  wants: 'approval' | 'answer';
  ask: string;
  /** The type of the answer; null where an approval is wanted. */
  answer: AnswerType | null;
  /** The answer if nobody gives one in time. */
  default: Answer | null;
  /** Until when it can be decided (ISO 8601); null: at any time. */
  until: string | null;
  /** The files that are shown for it. `sha256` is null for one that the run removes. */
  shown: { path: string; sha256: string | null }[];
  /** How the shown files differ from the project, or from what was decided before. It holds what a model wrote. */
  diff: string;
}

/** A question as results tell it. */
export function askedResult({ task, question }: OpenQuestion): AskedResult {
  const { wants, ask, answer = null, default: preset = null, until, shown, diff } = question;
  return {
    task: task.task,
    wants,
    ask,
    answer,
    default: preset,
    until: until === undefined ? null : new Date(until).toISOString(),
    shown: shown.map(({ path, sha256 = null }) => ({ path, sha256 })),
    diff,
  };
}
