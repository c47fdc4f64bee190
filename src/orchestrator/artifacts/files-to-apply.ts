import { checkPath } from '../../files/disk/path-policy.ts';
import type { RunFolder } from '../../files/disk/run-folder.ts';
import { toBytes } from '../../files/disk/file-content.ts';
import type { FileToApply, FileToRemove } from '../../project/changes/apply-files.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { removedFiles, replyPaths } from './standing-files.ts';
import { verifyFiles } from './verify-files.ts';
import { trimEndOf } from '../../utils/trim-end-of.ts';

export interface FilesToApplyOptions {
  state: RunState;
  /** The run's folder. */
  folder: RunFolder;
  /** Files and folders within the run; default: every file but the replies of text steps, which are about the project and not of it. */
  only?: readonly string[] | undefined;
}

export interface FilesToApply {
  files: FileToApply[];
  /** Files that the run read from the project and removed. */
  removed: FileToRemove[];
  /** Files that a person has changed in the run's folder: they count as they are now. */
  edited: string[];
  /** Files that a person has removed from it. */
  missing: string[];
}

/** What of a run goes into the project: its files as they stand in the run's folder now. @throws MultiagentError `usage` for a path that it has not written. */
export async function filesToApply({ state, folder, only }: FilesToApplyOptions): Promise<FilesToApply> {
  const replies = replyPaths(state);
  const verified = await verifyFiles(state, folder);
  const read = new Map(state.input.files.map(({ path, content }) => [path, toBytes(content)]));
  const gone = removedFiles(state).flatMap(({ path }) => (read.has(path) ? [{ path, base: read.get(path)! }] : []));
  const known = [...verified, ...gone].map(({ path }) => path);
  const wanted = only?.flatMap((path) => pathsOf(path, known, state.run));
  const taken = verified.filter(({ path }) => (wanted === undefined ? !replies.has(path) : wanted.includes(path)));
  return {
    files: taken.flatMap(({ path, content }) => (content === undefined ? [] : [{ path, content }])),
    removed: gone.filter(({ path }) => wanted === undefined || wanted.includes(path)),
    edited: taken.filter(({ found }) => found === 'edited').map(({ path }) => path),
    missing: taken.filter(({ found }) => found === 'missing').map(({ path }) => path),
  };
}

/** The files that a name means: one, or those of a folder. */
export function filesNamed(given: string, known: readonly string[]): string[] {
  const checked = checkPath(trimEndOf(given, /[\\/]/) || given);
  return checked.kind === 'refused' ? [] : known.filter((path) => path === checked.path || path.startsWith(`${checked.path}/`));
}

function pathsOf(given: string, known: readonly string[], run: string): string[] {
  const named = filesNamed(given, known);
  if (named.length > 0) return named;
  throw new MultiagentError({
    category: 'usage',
    code: 'usage',
    message: `The run ${run} has no file "${given}".`,
    hint: `multiagent files ${run} lists its files.`,
  });
}
