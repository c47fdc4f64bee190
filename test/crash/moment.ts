/** When a process ends itself with SIGKILL; `number` counts from 1 in that process. */
export type Moment =
  /** The event is in the journal, and nothing has followed from it. */
  | { after: 'event'; number: number }
  /** A content is in the store, and its file is not on the disk. */
  | { after: 'content'; number: number }
  /** The file's content is on the disk under its temporary name. */
  | { before: 'rename'; number: number }
  /** What the event tells of has happened, and the event is not in the journal. */
  | { before: string; number: number };

export function describeMoment(moment: Moment): string {
  return 'after' in moment ? `after ${moment.after} ${moment.number}` : `before ${moment.before} ${moment.number}`;
}
