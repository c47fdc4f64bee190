import type { EventData } from '../../events/run-stream-events.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { standingFiles } from './standing-files.ts';

export interface UndoPlan {
  /** What happens on the disk: `from` stands there now; without `to` the file goes. */
  files: { path: string; from: string; to: { task: string; sha256: string } | undefined }[];
  /** Files of the task that a later step has replaced: the disk stays as it is. */
  replaced: string[];
  records: EventData<'artifact.undone'>[];
}

/** What taking back the files of a task, or of a whole run, means. */
export function planUndo(state: RunState, task: string | undefined): UndoPlan {
  const isMeant = (artifact: RunState['artifacts'][number]) =>
    artifact.undone === undefined && (task === undefined || artifact.task === task);
  const meant = state.artifacts.filter(isMeant);
  const before = new Map(standingFiles(state).map((file) => [file.path, file]));
  const left = { ...state, artifacts: state.artifacts.filter((artifact) => !isMeant(artifact)) };
  const after = new Map(standingFiles(left).map((file) => [file.path, file]));
  const plan: UndoPlan = { files: [], replaced: [], records: [] };
  const last = new Map(meant.map((artifact) => [JSON.stringify([artifact.task, artifact.path]), artifact]));
  for (const artifact of last.values()) {
    const { path, sha256 } = artifact;
    const stands = before.get(path);
    const next = after.get(path);
    const isStanding = stands?.task === artifact.task;
    if (isStanding) plan.files.push({ path, from: stands.sha256, to: next && { task: next.task, sha256: next.sha256 } });
    else if (task !== undefined) plan.replaced.push(path);
    const restored = isStanding && next !== undefined ? { restored: { task: next.task, sha256: next.sha256 } } : {};
    plan.records.push({ task: artifact.task, path, sha256, ...restored });
  }
  return plan;
}
