import { MultiagentError } from '../../utils/multiagent-error.ts';
import { shownName } from '../../utils/printable.ts';
import type { StepCall } from '../step-kind.ts';

/** Whether a condition in the options of a step holds. @throws MultiagentError `expression.failed`, also where its value is neither true nor false. */
export function evaluateCondition(
  { task, evaluate }: Pick<StepCall, 'task' | 'evaluate'>,
  condition: string,
  names?: Readonly<Record<string, unknown>>,
): boolean {
  const value = evaluate(condition, names);
  if (typeof value === 'boolean') return value;
  throw new MultiagentError({
    code: 'expression.failed',
    message: `The step ${task.task} cannot work out "${shownName(condition)}": a condition is true or false, and this is neither.`,
    hint: 'Correct the expression in the workflow and start the run again.',
  });
}
