import type { Example } from '../../agents/examples/example.ts';

/** What came of an example of the requirement when it was tried. */
export interface TriedExample {
  example: Example;
  /** `not_run`: this machine has no such program, or no sandbox; nothing is known. */
  outcome: 'holds' | 'fails' | 'not_run';
  /** How many of the results that it states came out, and how many it states: of several, some may hold. */
  held: number;
  of: number;
  /** What was seen instead; goes on after a colon. */
  why?: string;
  /** Whether it ran until it was ended. */
  hung?: true;
}
