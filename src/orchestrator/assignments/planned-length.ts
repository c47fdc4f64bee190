import type { FilePurpose } from '../../agents/plans/assignment.ts';

/** In tokens, how long the reply to an assignment is planned to be: what such replies took in the measurements, with room. */
export const plannedLength = {
  text: 400,
  documents: 700,
  deployment: 400,
  tests: 1500,
  code: 2000,
} as const satisfies Record<FilePurpose | 'text', number>;
