import type { EventData } from '../events/run-stream-events.ts';
import type { ErrorDescription } from '../utils/describe-error.ts';
import type { Durability } from '../state/store/event-store.ts';
import type { WorkflowStep } from '../workflows/workflow-schema.ts';
import type { Report } from './journal/run-journal.ts';
import type { TurnEntry } from '../events/task-events.ts';

/** By the id of an inner step: the names that its expressions have beside those of every step, and of the steps around it (`item`, `iteration`). */
export type InnerNames = Readonly<Record<string, Record<string, unknown>>>;

/** The outcome of one execution of a task. */
export type TaskOutcome =
  /** `turn`: the messages that others see, from one of the user to one of the assistant, in turn. `because`: why there was nothing to do, a sentence. `outputs`: what it found out, by name. */
  | {
      status: 'completed';
      turn?: TurnEntry[] | undefined;
      because?: string | undefined;
      outputs?: Record<string, unknown> | undefined;
    }
  /**
   * `later`: the same again may succeed, for instance when a server has come back. `if_asked`: it may or may not, and is tried where the step says `retries`.
   * `never`: it would not.
   */
  | { status: 'failed'; error: ErrorDescription; again: 'later' | 'if_asked' | 'never' }
  /**
   * It goes on when this time (milliseconds since 1970) has come or the signal of this name has arrived, whichever is first, and holds nothing until then. The
   * kind is then called again with what woke it. `reason`: a word for people. `asks`: what a person is asked, recorded in the same moment; the task also goes on
   * with the decision. `error`: what keeps it from going on before the run is resumed.
   */
  | {
      status: 'waiting';
      reason: string;
      error?: ErrorDescription | undefined;
      until?: number | undefined;
      signal?: string | undefined;
      asks?: Omit<EventData<'task.asked'>, 'task'> | undefined;
    }
  /**
   * These steps join the run as tasks, their ids behind its own (`review/implementation`); what they depend on is among them. When all of them have ended the
   * kind is called again; with `wakes: 'first'` as soon as one of them has. Steps that have joined before are waited for, and do not join again. `names`: what their
   * expressions may name beside what all may. `memory`: plain data, which is then in `task.memory`. `turn`: what it has said so far, which the task then still has.
   */
  | {
      status: 'expanded';
      steps: WorkflowStep[];
      names?: InnerNames | undefined;
      wakes?: 'all' | 'first' | undefined;
      memory?: unknown;
      turn?: TurnEntry[] | undefined;
    }
  /** There is nothing to do for it, and those that depend on it go on. `because`: why, as what follows that word. */
  | { status: 'skipped'; because: string };

export interface TaskAssignment {
  task: string;
  attempt: number;
  /** Reports what happens, in order; resolves when it is in the journal. Nothing counts before that. */
  record: (reports: Report[], durability?: Durability) => Promise<void>;
  /** Aborted when the task is to stop; the executor then rejects with the signal's reason as soon as what arrived is recorded. */
  signal: AbortSignal;
}

/** Where tasks are executed: in this process, or some day elsewhere. In every case the journal of the run is the truth. */
export interface TaskExecutor {
  execute(assignment: TaskAssignment): Promise<TaskOutcome>;
}
