import type { StepOptions } from '../step-kind.ts';
import { personFormat } from '../artifacts/order-of-version.ts';
import { countingFiles, orderOfTask } from '../artifacts/standing-files.ts';
import { recordWriting } from './record-writing.ts';

export interface KeptFile {
  path: string;
  content: string | Uint8Array;
  /** How it came to be a file. */
  format: string;
  language?: string | undefined;
  /** Where it stands in the reply, in UTF-16 units. */
  range: [number, number];
  /** See `WriteFileOptions`. */
  starts?: 'anew' | 'from what stands' | undefined;
}

/** Removes one file and records that. @throws FileWriteError when the system cannot remove it. */
export async function dropFile(step: StepOptions, { path, format }: Pick<KeptFile, 'path' | 'format'>): Promise<void> {
  const { run, task } = step;
  await recordWriting(step, run.files.removeFile({ path, taskId: task.task, order: orderOfTask(run.journal.state, task), format }));
}

/** Brings one file of a task to the disk and records it. @throws FileWriteError when the system cannot write. */
export async function keepFile(step: StepOptions, { path, content, format, language, range, starts }: KeptFile): Promise<void> {
  const { run, task } = step;
  const { state } = run.journal;
  // What a person gives stands, whoever had written what they were shown.
  const shown = format === personFormat ? countingFiles(state).find((file) => file.path === path) : undefined;
  const order = Math.max(orderOfTask(state, task), shown?.order ?? 0);
  const writing = run.files.writeFile({ path, content, taskId: task.task, order, format, range, language, starts });
  await recordWriting(step, writing);
}
