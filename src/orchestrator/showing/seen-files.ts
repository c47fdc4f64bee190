import type { OtherActivityRecord, RunState } from '../../state/run/run-state.ts';
import { collisionKey } from '../../files/disk/path-policy.ts';
import { replyOf } from '../../state/run/activities-of.ts';
import { removedFiles, standingWork } from '../artifacts/standing-files.ts';
import type { RunContext } from '../run-context.ts';
import type { StepOptions } from '../step-kind.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { turnsSeenBy } from '../conversation/task-transcript.ts';
import { projectOfRun } from './project-of-run.ts';

export type ReadRecord = Extract<OtherActivityRecord, { kind: 'read' }>;

/**
 * What a task was shown of the project by reading it, up to one of its activities: a task that continues judges each of its replies by what had been read when
 * it was written.
 */
export function readBefore(state: RunState, task: string, activity: string): ReadRecord[] {
  const record = state.tasks.get(task);
  if (record === undefined) return [];
  const own = record.activities.slice(record.superseded);
  const place = own.findIndex((one) => one.activity === activity);
  return (place === -1 ? own : own.slice(0, place)).filter((one) => one.kind === 'read');
}

/**
 * The files of the project that are still unseen when a task writes a reply: neither given at the start nor written by another task of the run, nor read for this
 * task or for one whose turn it sees. By the key that names of one file share.
 */
async function unseenFiles(run: RunContext, task: string, activity: string): Promise<Map<string, { path: string; sha256: string }>> {
  const { state } = run.journal;
  const unseen = new Map<string, { path: string; sha256: string }>();
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

/** What a reply of a task may not replace, and what the task was told of the project by then. */
export async function filesUnseenBy(
  { run, task }: StepOptions,
  activity: string,
): Promise<{ isUnseen: (path: string, content: string) => boolean; told: ReadonlySet<string> }> {
  const unseen = await unseenFiles(run, task.task, activity);
  const reads = readBefore(run.journal.state, task.task, activity);
  return {
    // Who repeats a file byte for byte has it from somewhere.
    isUnseen: (path, content) => {
      const file = unseen.get(collisionKey(path));
      return file !== undefined && file.sha256 !== hashContent(content);
    },
    told: new Set(reads.flatMap(({ result }) => (result?.files ?? []).map(({ path }) => path))),
  };
}
