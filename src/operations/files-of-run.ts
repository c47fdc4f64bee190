import { runStream } from '../events/run-stream.ts';
import { type FileVersion, fileVersions } from '../orchestrator/artifacts/file-versions.ts';
import { taskChanges } from '../orchestrator/artifacts/task-changes.ts';
import { type VerifiedFile, verifyFiles } from '../orchestrator/artifacts/verify-files.ts';
import { foldersOfRun } from '../orchestrator/run/folders-of-run.ts';
import { folderOf } from '../orchestrator/journal/run-folders.ts';
import { foldRun } from '../state/run/run-state.ts';
import { type ShownRun, showRun } from './show-run.ts';
import type { Workspace } from './workspace.ts';

/** A run with all versions of its files. */
export interface FilesOfRun extends ShownRun {
  /** Every version of every file, oldest first. */
  versions: FileVersion[];
}

/** A file that a task changed, with its content before and after. */
export interface ChangedFile {
  task: string;
  path: string;
  /** Undefined: there was no file. */
  before: Uint8Array | undefined;
  /** Undefined: the task removed the file, or the journal no longer holds it. */
  after: Uint8Array | undefined;
}

/**
 * What a run wrote, and what has happened to it since. @throws MultiagentError `run.not_found`.
 * @example
 * const { versions } = await filesOfRun(orchestrator, run);
 * for (const { artifact, place } of versions) if (place === 'stands') console.log(artifact.path, artifact.sha256);
 */
export async function filesOfRun(workspace: Workspace, run: string): Promise<FilesOfRun> {
  const shown = await showRun(workspace, run);
  return { ...shown, versions: fileVersions(shown.state) };
}

/**
 * Compares the files of a run with what is in its folder now. @throws MultiagentError `run.not_found`, `run.elsewhere`.
 * @example
 * const files = await verifyRun(orchestrator, run);
 * console.log(files.every(({ found }) => found === 'same')); // true
 */
export async function verifyRun(workspace: Workspace, run: string): Promise<VerifiedFile[]> {
  const state = await foldRun(workspace.store.read(runStream(run)));
  return verifyFiles(state, folderOf(await foldersOfRun(state, workspace), 'generated'));
}

/**
 * What the tasks of a run, or one of them, changed in its files, in the order of the tasks.
 * @param only The id of a task. Default: every task. @throws MultiagentError `run.not_found`.
 * @example
 * for (const { path, before, after } of await changesOfRun(orchestrator, run, 'bug_fix')) {
 *   console.log(path, before?.length ?? 'new', after?.length ?? 'removed');
 * }
 */
export async function changesOfRun({ store }: Pick<Workspace, 'store'>, run: string, only?: string): Promise<ChangedFile[]> {
  const state = await foldRun(store.read(runStream(run)));
  const content = async (sha256: string | undefined) => (sha256 === undefined ? undefined : store.getContent(sha256));
  const changes: ChangedFile[] = [];
  for (const task of only === undefined ? state.tasks.keys() : [only]) {
    for (const { path, before, after } of taskChanges(state, task))
      changes.push({ task, path, before: await content(before), after: await content(after) });
  }
  return changes;
}
