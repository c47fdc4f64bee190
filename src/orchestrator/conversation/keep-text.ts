import type { StepOptions } from '../step-kind.ts';
import { recordWriting } from './record-writing.ts';

export interface KeepTextOptions {
  /** Of the reply that it came from, in UTF-16 units. Default 0: it came from none. */
  length?: number | undefined;
  /** Of the name of its file. Default: `md`. */
  ending?: 'md' | 'json' | undefined;
}

/**
 * Leaves the text of a step as `<nn>-<task type>.md`, or under its own name where it joined the run for another.
 * @returns the path.
 * @throws FileWriteError when the system cannot write.
 */
export async function keepText(step: StepOptions, text: string, { length = 0, ending = 'md' }: KeepTextOptions = {}): Promise<string> {
  const { run, task } = step;
  // Those that joined the run for one task may be of one type.
  const name = task.parent === undefined ? task.taskType : task.task.replaceAll('/', '-');
  const path = `${String(task.number).padStart(2, '0')}-${name}.${ending}`;
  const content = text.endsWith('\n') ? text : `${text}\n`;
  const writing = run.files.writeFile({ path, content, taskId: task.task, order: task.number, format: 'reply', range: [0, length] });
  await recordWriting(step, writing);
  return path;
}
