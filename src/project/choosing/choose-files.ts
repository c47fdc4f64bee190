import { realpathSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { hashContent } from '../../utils/hash-content.ts';
import type { GitEnvironment } from '../git/git-place.ts';
import { findCandidates } from './candidates.ts';
import { namedSecret, nothingLeft } from './choosing-errors.ts';
import type { ChosenFiles, ProjectFile } from './chosen-files.ts';
import { FolderReader } from './folder-reader.ts';
import { readIgnoreFile } from './ignore-file.ts';
import { judgeFile } from './judge-file.ts';
import { LeftOutFiles } from './left-out.ts';

export interface ChooseFilesOptions {
  /** The project's folder. */
  root: string;
  /** Patterns (`src/*.ts`, with `**` for any depth) and paths of files and folders, relative to the root, with `/`. Without these and `folders`: every file. */
  globs?: readonly string[] | undefined;
  /** Folders, relative to the root, with `/`; empty for the root itself. */
  folders?: readonly string[] | undefined;
  /** Patterns and paths of files and folders that are not wanted; nobody is told of them. */
  except?: readonly string[] | undefined;
  /** The most files that are looked at. Default: 200,000. */
  mostFiles?: number | undefined;
  /** For Git. Default: none. */
  environment?: GitEnvironment | undefined;
  signal?: AbortSignal | undefined;
  /** Called with how many files have been looked at, after each thousand. */
  onProgress?: ((files: number) => void) | undefined;
}

/** After so many files or names others get their turn. */
const breathEvery = 100;

/**
 * Chooses the files of a project that the team may read: text that somebody wrote, of a reasonable size, without secrets. In a Git work tree these are the
 * files that Git knows or would add, elsewhere all that `.gitignore` files let through. Each is read once, to judge it.
 * @throws MultiagentError of category `usage`, if what was asked for leads out of the root, matches nothing, names a secret, or is left out as a whole; what
 * the signal was aborted with; the system's error if there is no such folder.
 */
export async function chooseFiles(options: ChooseFilesOptions): Promise<ChosenFiles> {
  const { globs = [], folders = [], except = [], mostFiles = 200_000, environment = {}, signal, onProgress } = options;
  const root = realpathSync.native(options.root);
  const breathe = breather(signal);
  const { found, complete, inGit } = await findCandidates({ root, globs, folders, except, mostFiles, environment, signal, breathe });
  const leftOut = new LeftOutFiles();
  if (complete === 'too_many') leftOut.tooMany(mostFiles);

  using reader = new FolderReader(root);
  const ignored = readIgnoreFile(root);
  const files: ProjectFile[] = [];
  let looked = 0;
  for (const [path, by] of [...found].sort(([one], [other]) => (one < other ? -1 : 1))) {
    await breathe();
    looked += 1;
    if (looked % 1000 === 0) onProgress?.(looked);
    const judged = judgeFile(path, { by, ignored, reader, inGit });
    if (judged.kind === 'chosen') files.push(judged.file);
    else if (judged.kind === 'secret' && by.named === 'file') throw namedSecret(path, judged.secret);
    else if (judged.kind !== 'nothing') leftOut.add(judged.kind, judged.path);
  }
  if (files.length === 0 && (globs.length > 0 || folders.length > 0)) throw nothingLeft(leftOut.list(), root);
  return choice({ root, files, inGit, leftOut });
}

function choice({ root, files, inGit, leftOut }: Omit<ChosenFiles, 'leftOut' | 'read'> & { leftOut: LeftOutFiles }): ChosenFiles {
  const hashes = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  const read = (path: string): string | undefined => {
    const sha256 = hashes.get(path);
    if (sha256 === undefined) return undefined;
    try {
      using reader = new FolderReader(root);
      const entry = reader.read(path);
      if (entry.kind === 'file' && hashContent(entry.bytes) === sha256) return new TextDecoder().decode(entry.bytes);
    } catch {
      // The project's folder itself has gone.
    }
    leftOut.add('unreadable', path);
    return undefined;
  };
  return {
    root,
    files,
    inGit,
    get leftOut() {
      return leftOut.list();
    },
    read: (path) => Promise.resolve(read(path)),
  };
}

function breather(signal: AbortSignal | undefined): () => Promise<void> {
  let since = 0;
  return async () => {
    since += 1;
    if (since % breathEvery !== 0) return;
    await setImmediate();
    signal?.throwIfAborted();
  };
}
