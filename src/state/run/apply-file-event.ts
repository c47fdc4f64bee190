import type { EventOf } from '../../events/run-stream-events.ts';
import { inconsistentHistory } from './history-errors.ts';
import type { ArtifactRecord, RunState, RemovalRecord } from './run-records.ts';

/** Changes `state` by what is recorded about a version of a file after it was written. See `applyEvent`. */
export function applyFileEvent(state: RunState, event: EventOf<'artifact.checked'> | EventOf<'artifact.undone'>): void {
  const { task, path, sha256 } = event.data;
  const isMeant = (artifact: ArtifactRecord) => artifact.task === task && artifact.path === path;
  const version = state.artifacts.findLast((artifact) => isMeant(artifact) && artifact.sha256 === sha256);
  const isOwn = (removal: RemovalRecord) => removal.task === task && removal.path === path;
  const removed = event.type === 'artifact.undone' && state.removals.some((removal) => isOwn(removal) && removal.sha256 === sha256);
  if (version === undefined && !removed) throw inconsistentHistory(event, `${task} has not written this version of "${path}"`);
  if (event.type === 'artifact.checked') {
    const { language, findings, found } = event.data;
    if (version !== undefined) version.check = { language, findings, found };
    return;
  }
  const undone = { time: event.time, sequence: event.sequence };
  // Its earlier versions must not replace the last one.
  for (const artifact of state.artifacts) if (isMeant(artifact)) artifact.undone ??= undone;
  for (const removal of state.removals) if (isOwn(removal)) removal.undone ??= undone;
  // What was derived from the lists is no longer valid.
  state.artifacts = [...state.artifacts];
  state.removals = [...state.removals];
}
