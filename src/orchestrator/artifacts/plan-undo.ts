import type { EventData } from '../../events/run-stream-events.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { countingFiles, standingFiles } from './standing-files.ts';

/** What undoing does, or has done, to the files of a run. */
export interface UndoPlan {
  /**
   * What happens on the disk: `from` stands there now, undefined where the task had removed the file; without `to` nothing stands there any more. Neither: a file of
   * the user's counts again.
   */
  files: { path: string; from: string | undefined; to: { task: string; sha256: string } | undefined }[];
  /** Files of the task that a later step has replaced: the disk stays as it is. */
  replaced: string[];
  records: EventData<'artifact.undone'>[];
}

/** What taking back what a task, or a whole run, did to files means. */
export function planUndo(state: RunState, task: string | undefined): UndoPlan {
  const isMeant = (version: { task: string; undone?: unknown }) =>
    version.undone === undefined && (task === undefined || version.task === task);
  const before = new Map(countingFiles(state).map((file) => [file.path, file]));
  const left = {
    tasks: state.tasks,
    artifacts: state.artifacts.filter((artifact) => !isMeant(artifact)),
    removals: state.removals.filter((removal) => !isMeant(removal)),
  };
  const after = new Map(standingFiles(left).map((file) => [file.path, file]));
  const plan: UndoPlan = { files: [], replaced: [], records: [] };
  const meant = [...state.artifacts, ...state.removals].filter(isMeant).toSorted((a, b) => a.sequence - b.sequence);
  const last = new Map(meant.map((version) => [JSON.stringify([version.task, version.path]), version]));
  for (const version of last.values()) {
    const { path, sha256 } = version;
    const counts = before.get(path);
    const next = after.get(path);
    const isCounting = counts?.task === version.task;
    if (isCounting)
      plan.files.push({ path, from: counts.removed ? undefined : counts.sha256, to: next && { task: next.task, sha256: next.sha256 } });
    else if (task !== undefined) plan.replaced.push(path);
    const restored = isCounting && next !== undefined ? { restored: { task: next.task, sha256: next.sha256 } } : {};
    plan.records.push({ task: version.task, path, sha256, ...restored });
  }
  return plan;
}
