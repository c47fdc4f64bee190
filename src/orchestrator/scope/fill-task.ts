import type { EventData } from '../../events/run-stream-events.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { ExpressionError } from '../../workflows/expressions/expression-error.ts';
import type { FilledTexts, StepKindDeclaration } from '../../workflows/step-kind-declaration.ts';
import { expressionFailed } from './evaluate-for.ts';
import { fillText } from './fill-text.ts';
import { runScope } from './run-scope.ts';

/** What a task's texts became when it began. */
export type FilledTask = NonNullable<EventData<'task.started'>['filled']>;

/**
 * The texts of a task that hold `{{ … }}`, worked out for it; undefined where none does. The options that are expressions, and the steps within it, are left
 * as they are.
 * @throws MultiagentError `expression.failed`.
 */
export function fillTask(state: RunState, task: TaskRecord, kind: StepKindDeclaration): FilledTask | undefined {
  const written = { ...task, ...task.asWritten };
  const { description, instructions, options } = written;
  const { filledAs = {} } = kind;
  if (filledAs === 'nothing' || !holdsBraces([description, instructions, options])) return undefined;
  const scope = runScope(state, task);
  const read = options === undefined ? undefined : kind.options.safeParse(options).data;
  const apart = read === undefined ? [] : [...(kind.expressions?.(read) ?? []), ...(kind.inner?.(read) ?? [])];
  const left = new Set(apart.map(({ path }) => path.join('.')));
  const fill = (value: unknown, path: readonly (string | number)[], as: FilledTexts): unknown => {
    if (left.has(path.join('.'))) return value;
    if (typeof value === 'string') return fillText(value, scope, as);
    if (Array.isArray(value)) return value.map((item, index) => fill(item, [...path, index], as));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, [...path, key], as)]));
  };
  try {
    const filled = Object.entries(options ?? {}).map(([name, value]) => [name, fill(value, [name], filledAs[name] ?? 'text')]);
    return {
      description: String(fillText(description, scope)),
      ...(instructions === undefined ? {} : { instructions: String(fillText(instructions, scope)) }),
      ...(options === undefined ? {} : { options: Object.fromEntries(filled) as Record<string, unknown> }),
    };
  } catch (error) {
    if (error instanceof ExpressionError) throw expressionFailed(task.task, error.message);
    throw error;
  }
}

function holdsBraces(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('{{');
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsBraces);
}
