import { standingWork } from '../artifacts/standing-files.ts';
import type { StepOptions } from '../step-kind.ts';
import { projectOfRun } from './project-of-run.ts';

/** A file with more lines than this is cheaper to change than to write again. */
export const manyLines = 300;
/** Lines of programs are about as long as this. */
const charactersOfLine = 30;

/** Whether a task may have to change a long file: one that it sees, or may ask for. What it has written itself does not count, so that it is told the same when it goes on. */
export async function hasLongFiles({ run, task }: Pick<StepOptions, 'run' | 'task'>): Promise<boolean> {
  const { state } = run.journal;
  if (state.input.files.some(({ content }) => isLong(content))) return true;
  for (const file of (await projectOfRun(run)).values()) if (file.shown === 'unseen' && isLongBySize(file)) return true;
  for (const file of standingWork(state)) {
    const content = file.task === task.task ? undefined : await run.contentOf(file.sha256);
    if (content !== undefined && isLong(Buffer.from(content).toString('utf8'))) return true;
  }
  return false;
}

/** Whether a file that nobody has read is likely to be long. */
export function isLongBySize({ bytes }: { bytes: number }): boolean {
  return bytes > manyLines * charactersOfLine;
}

export function isLong(text: string): boolean {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines > manyLines;
}
