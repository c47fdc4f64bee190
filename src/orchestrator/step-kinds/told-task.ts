import type { Task } from '../../agents/task.ts';
import { toldOfRemarks } from '../steering/told-of-remarks.ts';
import type { StepOptions } from '../step-kind.ts';

/** A task as its agent is told of it. @param description What it is to do. Default: what its step says. */
export function toldTask({ run, task }: StepOptions, description = task.description): Task {
  const { state } = run.journal;
  return {
    taskId: task.task,
    taskType: task.taskType,
    description,
    instructions: toldOfRemarks(state, task),
    expects: task.orText === true ? 'either' : task.expects,
    schema: task.schema,
    step: { number: task.number, of: state.tasks.size },
    context: state.context,
    priority: task.priority,
    dependencies: task.dependencies,
    createdAt: task.createdAt,
  };
}
