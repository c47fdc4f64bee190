import { LazyNames, nothingYet } from '../../workflows/expressions/lazy-names.ts';
import { artifactsOf } from '../../state/run/records-of-task.ts';
import { textOfTask } from '../../state/run/turn-of.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';

/** Of a longer text an expression sees so many characters. */
const mostOfText = 100_000;

/** What an expression sees of a step. Nothing is missing: a step that has not run has no text, no files, and `null` for what is not a text, also for each of its named outputs. */
export function valuesOfStep(state: RunState, task: TaskRecord | undefined): LazyNames {
  const outputs = task?.outputs ?? {};
  const output = (name: string) => (Object.hasOwn(outputs, name) ? outputs[name] : undefined);
  const textOutput = (name: string) => {
    const value = output(name);
    return typeof value === 'string' ? value : '';
  };
  return new LazyNames((name) => {
    switch (name) {
      case 'status':
        return task?.status ?? 'pending';
      case 'text':
        return (task === undefined ? '' : (textOfTask(task, state) ?? '')).slice(0, mostOfText);
      case 'files':
        return task === undefined ? [] : filesOf(state, task.task);
      case 'verdict':
      case 'decision':
        return textOutput(name);
      case 'json':
      case 'exit_code':
      case 'output':
        return output(name) ?? null;
      case 'outputs':
        return task?.outputs ?? nothingYet;
      default:
        return undefined;
    }
  });
}

/** The paths of what it and the steps within it have written, and nobody took back. */
function filesOf(state: RunState, task: string): string[] {
  const written = artifactsOf(state, task).filter(({ format, undone }) => format !== 'reply' && undone === undefined);
  const inner = (state.children.get(task) ?? []).flatMap((name) => filesOf(state, name));
  return [...new Set([...written.map(({ path }) => path), ...inner])];
}
