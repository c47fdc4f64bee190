import type { TaskRecord } from '../../state/run/run-state.ts';
import type { RunContext } from '../run/run-context.ts';
import type { TaskAssignment, TaskOutcome } from '../scheduling/task-executor.ts';

export interface StepOptions {
  run: RunContext;
  task: TaskRecord;
  assignment: TaskAssignment;
}

/** One way in which a step of a workflow can be done. Kinds are registered by name; the scheduler knows none of them. */
export interface StepKind {
  name: string;
  /** Rejects only when aborted or when the program is at fault; everything else is an outcome. */
  execute(options: StepOptions): Promise<TaskOutcome>;
}
