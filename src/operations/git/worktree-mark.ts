import { readdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { worktreeFolder } from '../../orchestrator/project-folder.ts';
import { parseJson } from '../../utils/parse-json.ts';
import { isProcessGone, processIdentity } from '../../utils/process-identity.ts';
import { readRegularFile } from '../../utils/read-regular-file.ts';

const ending = '.making';
const runName = /^[\w-]+$/;
/** More is no mark. */
const mostBytes = 1000;
const markSchema = z.object({ host: z.string(), pid: z.number().int().positive() });

/**
 * Says beside the worktree of a run that this process is making it, and that the run has not begun yet: whoever finds it later, after a process that was killed,
 * knows that nobody needs the worktree. @throws the system's error.
 */
export async function markWorktree(workspace: string, run: string): Promise<void> {
  const { host, pid } = processIdentity;
  await writeFile(placeOf(workspace, run), JSON.stringify({ host, pid }), { flag: 'wx' });
}

/**
 * Says that a run has begun on its worktree, or will not: `sweepWorktrees` then leaves the worktree alone. Without a mark it does nothing.
 * @param workspace Absolute: the project's folder. @throws the system's error.
 * @example
 * const { workspace, clock } = orchestrator;
 * const id = createRunId(clock.now());
 * const worktree = await addWorktree({ workspace, run: id, environment: process.env });
 * const { events } = startRun(orchestrator, { workflow: 'bug_fix', requirement, worktree }, { run: id });
 * for await (const { type } of events()) if (type === 'run.started') await unmarkWorktree(workspace, id);
 */
export async function unmarkWorktree(workspace: string, run: string): Promise<void> {
  await rm(placeOf(workspace, run), { force: true });
}

/**
 * The runs whose worktree a process was making that is gone. A mark may have come along with a project: it is no proof that there is a worktree, and may be a
 * link, a pipe or a file without an end.
 */
export async function abandonedWorktrees(workspace: string): Promise<string[]> {
  const names = await readdir(dirname(placeOf(workspace, '-'))).catch(() => []);
  const runs = names
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .filter((run) => runName.test(run));
  return runs.filter((run) => isAbandoned(placeOf(workspace, run)));
}

function isAbandoned(place: string): boolean {
  try {
    const mark = markSchema.safeParse(parseJson(readRegularFile(place, mostBytes, 'refuse links').toString('utf8')));
    return mark.success && isProcessGone(mark.data);
  } catch {
    return false;
  }
}

function placeOf(workspace: string, run: string): string {
  return `${worktreeFolder(workspace, run)}${ending}`;
}
