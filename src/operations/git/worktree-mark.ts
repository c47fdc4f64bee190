import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { worktreeFolder } from '../../orchestrator/project-folder.ts';
import { parseJson } from '../../utils/parse-json.ts';
import { isProcessGone, processIdentity } from '../../utils/process-identity.ts';

const ending = '.making';
const runName = /^[\w-]+$/;
const markSchema = z.object({ host: z.string(), pid: z.number().int().positive() });

/**
 * Says beside the worktree of a run that this process is making it, and that the run has not begun yet: whoever finds it later, after a process that was killed,
 * knows that nobody needs the worktree. @throws the system's error.
 */
export async function markWorktree(workspace: string, run: string): Promise<void> {
  const { host, pid } = processIdentity;
  await writeFile(placeOf(workspace, run), JSON.stringify({ host, pid }), { flag: 'wx' });
}

export async function unmarkWorktree(workspace: string, run: string): Promise<void> {
  await rm(placeOf(workspace, run), { force: true });
}

/** The runs whose worktree a process was making that is gone. A mark may have come along with a project: it is no proof that there is a worktree. */
export async function abandonedWorktrees(workspace: string): Promise<string[]> {
  const names = await readdir(dirname(placeOf(workspace, '-'))).catch(() => []);
  const runs = names
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .filter((run) => runName.test(run));
  const gone = await Promise.all(runs.map(async (run) => ({ run, isGone: await isAbandoned(placeOf(workspace, run)) })));
  return gone.filter(({ isGone }) => isGone).map(({ run }) => run);
}

async function isAbandoned(place: string): Promise<boolean> {
  const mark = markSchema.safeParse(parseJson(await readFile(place, 'utf8').catch(() => '')));
  return mark.success && isProcessGone(mark.data);
}

function placeOf(workspace: string, run: string): string {
  return `${worktreeFolder(workspace, run)}${ending}`;
}
