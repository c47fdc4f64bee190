import { dirname, join } from 'node:path';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { FileBackups, ProjectChange } from './file-backups.ts';
import { refuseProjectPath } from '../../files/disk/path-policy.ts';
import { removeFile } from '../../files/disk/remove-file.ts';
import { RunFolder } from '../../files/disk/run-folder.ts';
import { judgeChange } from './judge-change.ts';
import { sameText, type ConflictPlace } from './merge-texts.ts';
import { sweepTemporaryFilesOf } from '../../files/disk/sweep-temporary-files.ts';
import { isSystemError, unwritableReason } from '../../files/disk/system-file-error.ts';
import { sameContent } from '../../files/disk/file-content.ts';

export interface FileToApply {
  /** Relative to the project, with `/`. */
  path: string;
  content: Uint8Array;
}

/** A file that a run removed. */
export interface FileToRemove {
  path: string;
  /** The content that the run read. */
  base: Uint8Array;
}

/** A file whose change conflicts with somebody else's. */
export interface ApplyConflict extends ProjectChange {
  why: string;
  places: ConflictPlace[];
}

/** What applying a run would do to the files of the project, and to which files it would do nothing. */
export interface ApplyPlan {
  changes: ProjectChange[];
  /** Files that the project has already. */
  same: string[];
  /** Nothing is done to them. */
  conflicts: ApplyConflict[];
  refused: { path: string; reason: string }[];
}

/** What is known about the files of a project before the run's own versions. */
export interface KnownVersions {
  /** The content that the run's version of a file started from. Undefined: it started from nothing. */
  base(path: string): Promise<Uint8Array | undefined>;
  /** Whether the project had the file when the run began, also where its content is not known any more. */
  wasThere(path: string): boolean;
  /** Whether a run brought this content of a file into the project. */
  wasBrought(path: string, content: Uint8Array): boolean;
}

export interface PlanApplyOptions {
  /** Without it, nothing in the project counts as somebody's own work. */
  known?: KnownVersions | undefined;
  /** `overwrite`: the run's version counts. */
  conflicts?: 'refuse' | 'overwrite' | undefined;
  /** Files to remove from the project. */
  removed?: readonly FileToRemove[] | undefined;
}

/** What bringing files into a project would change. Writes nothing. */
export async function planApply(
  project: string,
  files: readonly FileToApply[],
  { known, conflicts = 'refuse', removed = [] }: PlanApplyOptions = {},
): Promise<ApplyPlan> {
  const folder = new RunFolder(project);
  const plan: ApplyPlan = { changes: [], same: [], conflicts: [], refused: [] };
  for (const { path, content } of files) {
    const reason = await reasonAgainst(path, folder);
    if (reason !== undefined) {
      plan.refused.push({ path, reason });
      continue;
    }
    const before = await folder.read(path);
    const origin = before === undefined || (known?.wasBrought(path, before) ?? true) ? 'run' : 'somebody';
    const judged = judgeChange({ before, after: content, base: await known?.base(path), wasThere: known?.wasThere(path) ?? false, origin });
    if (judged.kind === 'same') plan.same.push(path);
    else if (judged.kind === 'change')
      plan.changes.push({ path, before, after: judged.after, ...(judged.how === 'merged' ? { merged: content } : {}) });
    else if (conflicts === 'overwrite') plan.changes.push({ path, before, after: content });
    else plan.conflicts.push({ path, before, after: content, why: judged.why, places: judged.places });
  }
  for (const { path, base } of removed) {
    const reason = await reasonAgainst(path, folder);
    const before = reason === undefined ? await folder.read(path) : undefined;
    const isUnchanged =
      before !== undefined && (sameText(before, base) || sameContent(before, base) || (known?.wasBrought(path, before) ?? false));
    const why = 'the run deletes it, and it has changed since the run read it';
    if (reason !== undefined) plan.refused.push({ path, reason });
    else if (before === undefined) plan.same.push(path);
    else if (isUnchanged || conflicts === 'overwrite') plan.changes.push({ path, before, after: undefined });
    else plan.conflicts.push({ path, before, after: undefined, why, places: [] });
  }
  return plan;
}

async function reasonAgainst(path: string, folder: RunFolder): Promise<string | undefined> {
  const resolved = await folder.resolve(path);
  return resolved.kind === 'refused' ? resolved.refusal.message : refuseProjectPath(path);
}

export interface ApplyChangesOptions {
  /** Absolute. */
  project: string;
  changes: readonly ProjectChange[];
  backups: Pick<FileBackups, 'owner' | 'add'>;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * Makes planned changes, after a backup of everything that they replace. If it is interrupted, `takeBack` undoes what was done.
 * @returns the folder of the backup.
 * @throws MultiagentError `apply.changed` if a file has changed since the plan; then nothing is written. `apply.refused`.
 */
export async function applyChanges({ project, changes, backups, now }: ApplyChangesOptions): Promise<string> {
  const folder = new RunFolder(project);
  const changed: string[] = [];
  for (const { path, before } of changes) if (!sameContent(await folder.read(path), before)) changed.push(path);
  if (changed.length > 0) {
    throw new MultiagentError({
      code: 'apply.changed',
      message: `Changed since the differences were shown: ${changed.join(', ')}. Nothing was written.`,
      hint: 'Run the command again to see what would change now.',
    });
  }
  await sweepFoldersOf(changes, folder, backups.owner);
  const backup = await backups.add(changes, now).catch((error: unknown) => {
    throw stopped(error, 'The files to be replaced could not be backed up', 'Nothing was changed.', 'Fix that, then apply again.');
  });
  for (const [count, { path, after }] of changes.entries()) {
    const doing = after === undefined ? removeFile(folder, path) : folder.write(path, after, { owner: backups.owner, modes: 'keep' });
    const written = await doing.catch((error: unknown) => {
      const state = `${count} of ${changes.length} files were written before it.`;
      throw stopped(
        error,
        `'${path}' could not be ${after === undefined ? 'deleted' : 'written'}`,
        state,
        `Take them back with: multiagent undo --applied ${backups.owner}`,
      );
    });
    if (written.kind === 'refused') {
      throw new MultiagentError({
        code: 'apply.refused',
        message: `${written.refusal.message} The files before it were written.`,
        hint: `What they replaced is in ${backup}.`,
      });
    }
  }
  return backup;
}

/** Removes half-written files that a killed `apply` left beside these files. */
export async function sweepFoldersOf(files: readonly { path: string }[], folder: RunFolder, owner: string): Promise<void> {
  const folders = new Set(files.filter(({ path }) => folder.check(path).kind === 'accepted').map(({ path }) => dirname(path)));
  for (const path of folders) await sweepTemporaryFilesOf(owner, new RunFolder(join(folder.folder, path), { within: folder.folder }));
}

/** Turns an error of the system, such as a full disk, into one that says what state things are in and what to do. */
export function stopped(error: unknown, what: string, state: string, hint: string): unknown {
  if (!isSystemError(error)) return error;
  return new MultiagentError({ code: 'apply.unwritable', message: `${what}: ${unwritableReason(error)}. ${state}`, hint, cause: error });
}
