import { collisionKey } from '../../files/disk/path-policy.ts';
import { replyOf } from '../../state/run/activities-of.ts';
import { removedFiles, standingWork } from '../artifacts/standing-files.ts';
import type { RunContext } from '../run-context.ts';
import type { StepOptions } from '../step-kind.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { turnsSeenBy } from '../conversation/task-transcript.ts';
import { type HiddenFile, hiddenFiles } from './hidden-files.ts';
import { projectOfRun } from './project-of-run.ts';
import { readBefore } from './read-before.ts';

/**
 * The files of the project that are still unseen when a task writes a reply: neither given at the start nor written by another task of the run, nor read for this
 * task or for one whose turn it sees. By the key that names of one file share.
 */
async function unseenOfProject(run: RunContext, task: string, activity: string): Promise<Map<string, HiddenFile>> {
  const { state } = run.journal;
  const unseen = new Map<string, HiddenFile>();
  for (const file of (await projectOfRun(run)).values()) if (file.shown === 'unseen') unseen.set(collisionKey(file.path), file);
  if (unseen.size === 0) return unseen;
  // A task that is cut off and continues finds what it wrote itself, also after this reply.
  for (const file of [...standingWork(state), ...removedFiles(state)]) if (file.task !== task) unseen.delete(collisionKey(file.path));
  const earlier = (replyOf(state, activity)?.turns ?? turnsSeenBy(run, task)).filter((name) => !state.epoch.digests.has(name));
  const reads = [...earlier.flatMap((name) => readBefore(state, name, '')), ...readBefore(state, task, activity)];
  for (const { result } of reads)
    for (const { path, shown } of result?.files ?? []) if (shown === 'whole') unseen.delete(collisionKey(path));
  return unseen;
}

/** What a reply of a task may not replace, of the project and of the run, and which files the task had asked for, or was shown for having written them, by then. */
export async function filesUnseenBy(
  { run, task }: StepOptions,
  activity: string,
): Promise<{ isUnseen: (path: string, content: string) => boolean; told: ReadonlySet<string> }> {
  const hidden = await hiddenFiles(run, task.task, activity);
  const unseen = new Map([...(await unseenOfProject(run, task.task, activity)), ...hidden]);
  const reads = readBefore(run.journal.state, task.task, activity).filter(({ why }) => why !== 'standing');
  return {
    // Who repeats a file byte for byte has it from somewhere.
    isUnseen: (path, content) => {
      const file = unseen.get(collisionKey(path));
      return file !== undefined && file.sha256 !== hashContent(content);
    },
    told: new Set(reads.flatMap(({ result }) => (result?.files ?? []).map(({ path }) => path))),
  };
}
