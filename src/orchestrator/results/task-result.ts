import { reasonOfSkip } from '../../state/run/reason-of-skip.ts';
import { changedNothing } from '../../state/run/ended-tasks.ts';
import { artifactsOf, refusalsOf } from '../../state/run/records-of-task.ts';
import type { RunState, TaskRecord, RemovalRecord } from '../../state/run/run-state.ts';
import { timeWorked, usageOfTask } from '../../state/run/usage-of-run.ts';
import { removedFiles } from '../artifacts/standing-files.ts';
import type { Usage } from '../../events/usage.ts';
import { serversOfTask } from './servers-of-task.ts';
import type { LedgerEntry } from './run-ledger.ts';

/** One file of a run, as it stands on disk; `path` is relative to the run's folder. */
export interface ResultFile {
  path: string;
  bytes: number;
  sha256: string;
  /** What the syntax check found; null where the file was not checked. `found` counts what `findings` may hold only the first of. */
  check: { language: string; findings: { line: number; column: number; message: string }[]; found: number } | null;
}

/** What came of one task. Times are ISO 8601, UTC. */
export interface TaskResult {
  task_id: string;
  description: string;
  agent_role: string;
  context: Record<string, unknown>;
  dependencies: string[];
  status: TaskRecord['status'];
  created_at: string;
  completed_at: string | null;
  /** Seconds from the first attempt's start to the end. */
  duration: number | null;
  /** How many have begun. */
  attempts: number;
  /** Why it failed or was skipped. */
  error: string | null;
  /** Null where it never began. */
  result: {
    status: TaskRecord['status'];
    agent_role: string;
    /** Without those that are gone. */
    files_created: ResultFile[];
    /** What the task deleted; `moved_to`: where it stands now, null where it is gone. */
    files_removed: { path: string; moved_to: string | null }[];
    /** It was completed, and every file is as it was before. */
    changed_nothing: boolean;
    /** `kept_as`: the file under `rejected/<workflow_id>/` of the output folder that holds the text. */
    files_refused: { name: string; code: string | null; reason: string; kept_as: string | null }[];
    usage: Usage;
    /** The model that it asked, as the settings call it; null where the run has one. */
    model: string | null;
    /** Where there are several model servers: the addresses of those that wrote for the task, in order; empty with one. */
    servers: string[];
    /** Null where the task asked a model nothing. */
    ledger: LedgerEntry | null;
  } | null;
}

/** The result of a task, from nothing but the state of its run. */
export function taskResult(state: RunState, task: TaskRecord, ledger: LedgerEntry | undefined): TaskResult {
  const { completedAt } = task;
  const started = task.startedAt !== undefined;
  return {
    task_id: task.task,
    description: task.description,
    agent_role: task.role,
    context: state.context,
    dependencies: task.dependencies,
    status: task.status,
    created_at: new Date(task.createdAt).toISOString(),
    completed_at: completedAt === undefined ? null : new Date(completedAt).toISOString(),
    duration: started && completedAt !== undefined ? timeWorked(task, completedAt) / 1000 : null,
    attempts: task.attempts,
    error: task.error?.message ?? (task.skipped ? `Skipped, because ${reasonOfSkip(task.skipped)}.` : null),
    result: started
      ? {
          status: task.status,
          agent_role: task.role,
          files_created: filesOfTask(state, task.task),
          files_removed: removalsOfTask(state, task.task).map(({ path, movedTo = null }) => ({ path, moved_to: movedTo })),
          changed_nothing: changedNothing(state, task),
          files_refused: refusalsOf(state, task.task).map(({ name, code = null, reason, keptAs = null }) => ({
            name,
            code,
            reason,
            kept_as: keptAs,
          })),
          usage: usageOfTask(task),
          model: task.askedModel ?? null,
          servers: serversOfTask(task),
          ledger: ledger ?? null,
        }
      : null,
  };
}

/** What a task deleted or moved, without what was undone. */
export function removalsOfTask(state: RunState, task: string): RemovalRecord[] {
  return state.removals.filter((removal) => removal.task === task && removal.undone === undefined);
}

/** The last version that this task wrote of each of its files, in the order of writing, without what was undone or is gone. */
export function filesOfTask(state: RunState, task: string): ResultFile[] {
  const files = new Map<string, ResultFile>();
  const gone = new Set(removedFiles(state).map(({ path }) => path));
  for (const { path, bytes, sha256, check = null, undone } of artifactsOf(state, task)) {
    if (undone === undefined && !gone.has(path)) files.set(path, { path, bytes, sha256, check });
  }
  return [...files.values()];
}
