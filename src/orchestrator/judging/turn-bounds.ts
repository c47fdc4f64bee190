import type { Assignment } from '../../agents/plans/assignment.ts';

/** How often a model is asked for one thing, beside the first time. */
export interface TurnBounds {
  /** Turns that tell it what is wrong with its reply. */
  corrections: number;
  /** Turns that ask for files which do not parse. */
  repairs: number;
  /** Times that the same is asked anew. */
  tries: number;
  /** After so many tokens of replies it is not asked anew: a long one hardly comes out better, and costs as much each time. */
  tokens: number;
  /** Where some of what was tried out holds, another try is worth more than where nothing does: so many times as many tries, and tokens. */
  timesWhereSomeHolds: number;
}

/** One message asks for all of a step. */
export const wholeStep: TurnBounds = { corrections: 1, repairs: 1, tries: 0, tokens: Infinity, timesWhereSomeHolds: 1 };

/** A text that a small model is asked for by itself. */
export const oneText: TurnBounds = { corrections: 0, repairs: 0, tries: 1, tokens: Infinity, timesWhereSomeHolds: 1 };

/** What the requirement did not ask for is worth one more try. */
const triesAtDerived = 1;

/** One file that a small model is asked for by itself. @param attempts How often the model's profile has it asked at most. */
export function oneFile({ origin }: Pick<Extract<Assignment, { kind: 'file' }>, 'origin'>, attempts: number): TurnBounds {
  const tries = origin === 'derived' ? Math.min(attempts - 1, triesAtDerived) : attempts - 1;
  return { corrections: 0, repairs: 0, tries, tokens: origin === 'derived' ? 400 : 1200, timesWhereSomeHolds: 2 };
}
