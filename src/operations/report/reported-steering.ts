import type { JournalEvent } from '../../events/run-stream-events.ts';

/** What a person did while the run was under way. `time`: milliseconds since 1970; `by`: as they are named on their machine. */
export type ReportedSteering =
  /** Every step that began later read it. */
  | { kind: 'said'; time: number; by: string; text: string }
  /** No step began until the run was resumed. */
  | { kind: 'paused'; time: number; by: string }
  /** A file, or the text, that a step gave; later steps read the new version. */
  | { kind: 'edited'; time: number; by: string; task: string; path: string };

/** What an event tells of it: undefined, unless it is of this kind. */
export function steeringOf({ type, time, data }: JournalEvent): ReportedSteering | undefined {
  switch (type) {
    case 'person.said':
      return { kind: 'said', time, by: data.by, text: data.text };
    case 'run.held':
      return { kind: 'paused', time, by: data.by };
    case 'task.edited':
      return { kind: 'edited', time, by: data.by, task: data.task, path: data.path };
    default:
      return undefined;
  }
}
