import { artifactsOf } from '../../state/run/records-of-task.ts';
import type { BrokenFile } from '../judging/broken-file.ts';
import { removedFiles } from '../artifacts/standing-files.ts';
import type { StepOptions } from '../step-kind.ts';

/**
 * Checks what a task has written and has not been checked yet, and records what is found. The last version of each file counts: others were never on
 * the disk, or are there no more.
 * @returns the files of the task that do not parse, also those that were checked before.
 */
export async function checkWrittenFiles({ run, task, assignment }: StepOptions): Promise<BrokenFile[]> {
  if (run.fileCheck === 'off') return [];
  const last = new Map(artifactsOf(run.journal.state, task.task).map((artifact) => [artifact.path, artifact]));
  // One that the task has moved stands under another name.
  for (const { path } of removedFiles(run.journal.state)) last.delete(path);
  const broken: BrokenFile[] = [];
  for (const { path, sha256, format, check: known } of last.values()) {
    if (format === 'reply') continue;
    const content = await run.contentOf(sha256);
    if (content === undefined) continue;
    let check = known;
    if (check === undefined) {
      const checked = await run.checks.check({ path, content, sha256 });
      if (checked.kind === 'unchecked') continue;
      const { language, findings, found } = checked;
      check = { language, findings, found };
      await assignment.record([{ type: 'artifact.checked', data: { task: task.task, path, sha256, ...check } }], 'normal');
    }
    if (check.found > 0) broken.push({ path, content, check });
  }
  return broken;
}
