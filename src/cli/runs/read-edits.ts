import { existsSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import process from 'node:process';
import type { ShownFile } from '../../events/decision-events.ts';
import type { Workspace } from '../../operations/workspace.ts';
import { notShown } from '../../orchestrator/decisions/decision-errors.ts';
import { folderOf } from '../../orchestrator/journal/run-folders.ts';
import { foldersOfRun } from '../../orchestrator/run/folders-of-run.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { readTextBytes, requireText } from '../read-text-file.ts';
import { usageError } from '../usage-error.ts';

export interface ReadEditsOptions {
  state: RunState;
  /** The task that asks, and what it shows. */
  task: string;
  shown: readonly Pick<ShownFile, 'path'>[];
  /** As they were typed: a file of the person, alone or after `<shown file>=`. */
  files: readonly string[];
}

/**
 * The person's own versions of shown files. A file without the name of a shown one before it is the version of the one that has its path, in the run's folder or
 * here, or else its name.
 * @throws MultiagentError `decision.not_shown`, `edited_file.unreadable`, `usage` where it could be several.
 */
export async function readEdits(
  workspace: Workspace,
  { state, task, shown, files }: ReadEditsOptions,
): Promise<{ path: string; content: Uint8Array }[]> {
  const paths = shown.map(({ path }) => path);
  const { generated } = await foldersOfRun(state, workspace);
  const edits: { path: string; content: Uint8Array }[] = [];
  for (const typed of files) {
    const named = paths.find((path) => typed.startsWith(`${path}=`));
    const file = named === undefined ? typed : typed.slice(named.length + 1);
    const path = named ?? shownPath(file);
    // Typed as it was shown, and not here: the file in the run's folder was edited in its place.
    const isInRun = named === undefined && !existsSync(resolve(file)) && paths.includes(file);
    // Byte for byte: line ends and a mark at the beginning are the person's own.
    const there = isInRun ? await folderOf(await foldersOfRun(state, workspace), 'generated').read(path) : undefined;
    const content = there === undefined ? await readTextBytes(file, 'edited file') : requireText(there, file, 'edited file');
    edits.push({ path, content });
  }
  return edits;

  function shownPath(file: string): string {
    const own = relative(generated, resolve(file)).replaceAll('\\', '/');
    const near = relative(process.cwd(), resolve(file)).replaceAll('\\', '/');
    const exact = paths.find((path) => path === own || path === near || path === file);
    if (exact !== undefined) return exact;
    const alike = paths.filter((path) => basename(path) === basename(file));
    if (alike.length > 1) throw usageError(`${file} could be ${alike.join(' or ')}.`, `Say which: --edit ${alike[0] ?? ''}=${file}`);
    if (alike[0] === undefined) throw notShown(task, file, paths);
    return alike[0];
  }
}
