import type { Assignment } from '../plans/assignment.ts';

/** How often a model is asked for one thing after the first time. */
export interface TurnBounds {
  /** Turns that show the model files that it has asked for, or has written without having seen them. */
  showings: number;
  /** Turns that tell the model what the tools that it has called say. */
  calls: number;
  /** Turns that tell the model which of its changes could not be made. The last of them asks for the whole files. */
  edits: number;
  /** Turns that tell the model what is wrong with its reply. */
  corrections: number;
  /** Turns that ask again for files that do not parse. */
  repairs: number;
  /** How often the same message is sent again. */
  tries: number;
  /** Once the replies have this many tokens, the model is not asked again: a long reply hardly gets better, and costs as much each time. */
  tokens: number;
  /** If some examples hold, another attempt is worth more than if none do: attempts and tokens are multiplied by this. */
  timesWhereSomeHolds: number;
}

/** One message asks for everything in a step. */
export const wholeStep: TurnBounds = {
  showings: 3,
  calls: 0,
  edits: 2,
  corrections: 1,
  repairs: 1,
  tries: 0,
  tokens: Infinity,
  timesWhereSomeHolds: 1,
};

/** A repair, which may also change nothing: whoever asked for it runs the tests again. */
export const oneRepair: TurnBounds = { ...wholeStep, edits: 0, corrections: 0, repairs: 0 };

/** A text that a small model is asked for on its own. */
export const oneText: TurnBounds = {
  showings: 0,
  calls: 0,
  edits: 0,
  corrections: 0,
  repairs: 0,
  tries: 1,
  tokens: Infinity,
  timesWhereSomeHolds: 1,
};

/** A file that the requirement did not ask for is worth one more attempt. */
const triesAtDerived = 1;

/** One file that a small model is asked for on its own. @param attempts How often it is asked at most, by the model's profile. */
export function oneFile({ origin }: Pick<Extract<Assignment, { kind: 'file' }>, 'origin'>, attempts: number): TurnBounds {
  const tries = origin === 'derived' ? Math.min(attempts - 1, triesAtDerived) : attempts - 1;
  return {
    showings: 0,
    calls: 0,
    edits: 0,
    corrections: 0,
    repairs: 0,
    tries,
    tokens: origin === 'derived' ? 400 : 1200,
    timesWhereSomeHolds: 2,
  };
}
