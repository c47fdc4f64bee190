import type { ErrorDescription } from '../../utils/describe-error.ts';
import type { Durability } from '../../state/store/event-store.ts';
import type { Report } from '../run/run-journal.ts';

/** What becomes of a task. */
export type TaskOutcome =
  /** `because`: why there was nothing to do, a sentence. */
  | { status: 'completed'; turn?: { asked: string; replied: string } | undefined; because?: string | undefined }
  /** `later`: the same again may succeed, for instance when a server has come back. `never`: it would not. */
  | { status: 'failed'; error: ErrorDescription; again: 'later' | 'never' };

export interface TaskAssignment {
  task: string;
  attempt: number;
  /** Hands on what happens, in order; resolves when it is in the journal. Nothing may be believed before that. */
  record: (reports: Report[], durability?: Durability) => Promise<void>;
  /** Aborted when the task is to stop; the executor then rejects with the signal's reason as soon as what arrived is recorded. */
  signal: AbortSignal;
}

/** Where tasks are executed: in this process, or some day elsewhere. The journal of the run stays the truth in every case. */
export interface TaskExecutor {
  execute(assignment: TaskAssignment): Promise<TaskOutcome>;
}
