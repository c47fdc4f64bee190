import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Task } from '../tasks/task.ts';
import { checkEnvironment } from './check-environment.ts';
import type { CheckOutcome } from './check-outcome.ts';
import { readCheckOutput } from './read-check-output.ts';
import { runBounded } from './run-bounded.ts';
import { overlay, scratchFolder, writeFiles } from './scratch-folder.ts';
import { findWalls } from './walls.ts';

export interface Score {
  outcome: CheckOutcome;
  /** All that the check said, to be kept. */
  text: string;
}

/** What a check has to end after its own time was over, before it is killed. */
const graceSeconds = 20;

/** Runs a task's check on what was generated, over the task's project, in a folder that goes after it. */
export async function score(task: Pick<Task, 'folder' | 'project' | 'check_seconds'>, generated: string): Promise<Score> {
  const { python, prefix, network } = await findWalls();
  await using scratch = await scratchFolder();
  const [folder, home] = [join(scratch.path, 'work'), join(scratch.path, 'home')];
  await mkdir(home, { recursive: true });
  await mkdir(folder, { recursive: true });
  await writeFiles(folder, task.project);
  await overlay(generated, folder);
  const start = join(import.meta.dirname, 'start_check.py');
  const [command, ...rest] = [...prefix, python, start, String(task.check_seconds), network, join(task.folder, 'check.py')];
  const seconds = task.check_seconds + graceSeconds;
  const ended = await runBounded({ command, arguments: rest, folder, environment: checkEnvironment({ python, home }), seconds });
  const outcome: CheckOutcome =
    ended.ended === 'by itself' ? readCheckOutput(ended) : { kind: 'broken', reason: `It was ${ended.ended}: ${ended.errors.slice(-300)}` };
  return { outcome, text: `${ended.output}${ended.errors === '' ? '' : `\n# standard error\n${ended.errors}`}` };
}
