import type { Task } from '../../agents/task.ts';
import type { AgentStep } from '../../workflows/workflow-schema.ts';
import type { Workflow } from '../workflow.ts';

/** A step as its agent is told of it. */
export function taskOfStep({
  step,
  number,
  of,
  context,
  now,
}: {
  step: AgentStep;
  number: number;
  of: number;
  context: Workflow['context'];
  now: number;
}): Task {
  const { id, task_type: taskType, description, expects, priority, depends_on: dependencies } = step;
  const shape = typeof expects === 'object' ? { expects: 'text' as const, schema: expects.json } : { expects };
  return { taskId: id, taskType, description, ...shape, step: { number, of }, context, priority, dependencies, createdAt: now };
}
