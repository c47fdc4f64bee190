import type { Assignment, FilePurpose } from '../../agents/plans/assignment.ts';

/**
 * The planned length of the reply to an assignment, in tokens: what such replies took in measurements. A reply that is not complete by then may grow to twice
 * that length at most.
 */
export function plannedLength(assignment: { kind: 'text' } | Pick<FileAssignment, 'kind' | 'purpose' | 'origin'>): number {
  if (assignment.kind === 'text') return forText;
  const { derived, named } = forFiles[assignment.purpose];
  return assignment.origin === 'named' ? named : derived;
}

type FileAssignment = Extract<Assignment, { kind: 'file' }>;

const forText = 150;

/** What our own code came up with is kept short; how long a file is that the requirement describes is for the requirement to say. */
const forFiles: Readonly<Record<FilePurpose, Record<FileAssignment['origin'], number>>> = {
  documents: { derived: 110, named: 1500 },
  deployment: { derived: 400, named: 1000 },
  tests: { derived: 200, named: 2000 },
  code: { derived: 2000, named: 2000 },
};
