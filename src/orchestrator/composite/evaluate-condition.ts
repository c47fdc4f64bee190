import { asCondition } from '../scope/evaluate-for.ts';
import type { StepCall } from '../step-kind.ts';

/** Whether a condition in the options of a step holds. @throws MultiagentError `expression.failed`, also where its value is neither true nor false. */
export function evaluateCondition(
  { task, evaluate }: Pick<StepCall, 'task' | 'evaluate'>,
  condition: string,
  names?: Readonly<Record<string, unknown>>,
): boolean {
  return asCondition(task.task, condition, evaluate(condition, names));
}
