import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { shownName } from '../../utils/printable.ts';
import { evaluateExpression } from '../../workflows/expressions/evaluate-expression.ts';
import { ExpressionError } from '../../workflows/expressions/expression-error.ts';
import { runScope } from './run-scope.ts';

/** The value of an expression of a task. @throws MultiagentError `expression.failed`, which names the step and the expression. */
export function evaluateFor(state: RunState, task: TaskRecord, text: string, extra: Readonly<Record<string, unknown>> = {}): unknown {
  try {
    return evaluateExpression(text, { ...runScope(state, task), ...extra });
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw expressionFailed(task.task, `"${text.trim()}": ${error.message}`);
  }
}

/** Whether a condition holds. @throws MultiagentError `expression.failed`, also where its value is neither true nor false. */
export function conditionHolds(state: RunState, task: TaskRecord, text: string): boolean {
  return asCondition(task.task, text, evaluateFor(state, task, text));
}

/** The value of a condition of a task, which is true or false. @throws MultiagentError `expression.failed` where it is neither. */
export function asCondition(task: string, text: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw expressionFailed(task, `"${text.trim()}": a condition is true or false, and this is neither`);
}

/** The named outputs of a task that ends so. @throws MultiagentError `expression.failed`. */
export function namedOutputs(state: RunState, ending: TaskRecord): Record<string, unknown> {
  return Object.fromEntries(Object.entries(ending.namedOutputs ?? {}).map(([name, text]) => [name, evaluateFor(state, ending, text)]));
}

/** @param what The expression and why it has no value. */
export function expressionFailed(task: string, what: string): MultiagentError {
  return new MultiagentError({
    code: 'expression.failed',
    message: `The step ${task} cannot work out ${shownName(what)}.`,
    hint: 'Correct the expression in the workflow and start the run again.',
  });
}
