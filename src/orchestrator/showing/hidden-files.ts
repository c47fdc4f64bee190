import { collisionKey } from '../../files/disk/path-policy.ts';
import { showsTurns } from '../../llm/profile/prompt-layout.ts';
import { replyOf } from '../../state/run/activities-of.ts';
import { digestsOfReply } from '../../state/run/digests-of-reply.ts';
import { standingWork } from '../artifacts/standing-files.ts';
import { turnsSeenBy } from '../conversation/task-transcript.ts';
import { isDigested } from '../session/shown-of-session.ts';
import type { RunContext } from '../run-context.ts';
import { type ReadRecord, readBefore } from './read-before.ts';

type Run = Pick<RunContext, 'journal' | 'modelOf' | 'preamble' | 'agentOf' | 'contentOf'>;

/** A file of the run, in the version that stands. */
export interface HiddenFile {
  path: string;
  sha256: string;
}

/**
 * The files of the run, written by other tasks, of which a task has not seen all when it writes one of its replies: of which its message showed only what they
 * define, or that stood in a reply of which a digest remains, of its own or of a session, and that it was not shown since. By the key that names of one file share.
 */
export async function hiddenFiles(run: Run, task: string, activity: string): Promise<Map<string, HiddenFile>> {
  const hidden = new Map<string, HiddenFile>();
  if (!hidesFiles(run, task)) return hidden;
  const { state } = run.journal;
  const own = readBefore(state, task, activity);
  const others = standingWork(state).filter((file) => file.task !== task);
  if (!showsTurns(layoutOf(run, task))) {
    const seen = shownWhole(own);
    for (const { path, sha256 } of others) if (!seen.has(keyOf(path, sha256))) hidden.set(collisionKey(path), { path, sha256 });
    return hidden;
  }
  const reply = replyOf(state, activity);
  const turns = new Set(reply?.turns ?? turnsSeenBy(run, task));
  const digests = reply === undefined ? state.epoch.digests : digestsOfReply(state, reply);
  // A turn's first message stays as it was; what was read within it goes with the rest of it.
  const earlier = [...turns].flatMap((name) => readBefore(state, name, '').filter(({ why }) => why === 'standing' || !digests.has(name)));
  const seen = shownWhole([...earlier, ...own]);
  for (const { path, sha256, task: writer } of others) {
    const digest = turns.has(writer) ? digests.get(writer) : isDigested(state, writer, turns) ? '' : undefined;
    if (digest === undefined || seen.has(keyOf(path, sha256))) continue;
    const content = await run.contentOf(sha256);
    if (content !== undefined && !digest.includes(Buffer.from(content).toString('utf8').trimEnd()))
      hidden.set(collisionKey(path), { path, sha256 });
  }
  return hidden;
}

/** Whether a task is shown some files of the run by less than all of them, whatever it has asked for since. */
export function hidesFiles(run: Run, task: string): boolean {
  const { state } = run.journal;
  if (!showsTurns(layoutOf(run, task))) return readBefore(state, task, '').some(({ why }) => why === 'standing');
  const { digests } = state.epoch;
  const turns = new Set(turnsSeenBy(run, task));
  return standingWork(state).some(
    (file) => file.task !== task && (turns.has(file.task) ? digests.has(file.task) : isDigested(state, file.task, turns)),
  );
}

function layoutOf(run: Run, task: string) {
  return run.modelOf(run.journal.state.tasks.get(task)).style.layout;
}

function shownWhole(reads: readonly ReadRecord[]): Set<string> {
  return new Set(
    reads.flatMap(({ result }) =>
      (result?.files ?? []).flatMap(({ path, shown, sha256 = '' }) => (shown === 'whole' ? [keyOf(path, sha256)] : [])),
    ),
  );
}

function keyOf(path: string, sha256: string): string {
  return `${collisionKey(path)}\n${sha256}`;
}
