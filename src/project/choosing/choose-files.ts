import { realpathSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { hashContent } from '../../utils/hash-content.ts';
import { FolderReader } from '../below/folder-reader.ts';
import { ProjectCache } from '../cache/project-cache.ts';
import type { GitEnvironment } from '../git/git-place.ts';
import { findCandidates } from './candidates.ts';
import { namedSecret, nothingLeft } from './choosing-errors.ts';
import type { ChosenFiles, ProjectFile } from './chosen-files.ts';
import { readIgnoreFile } from './ignore-file.ts';
import { judgeContent, mostBytes } from './judge-content.ts';
import { judgeFile } from './judge-file.ts';
import { KnownContents } from './known-contents.ts';
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
  /** The person's, outside the project: a file that was not written since an earlier run is not read again. Default: every file is read. */
  cacheFolder?: string | undefined;
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
  const { globs = [], folders = [], except = [], mostFiles = 200_000, environment = {}, cacheFolder, signal, onProgress } = options;
  const root = realpathSync.native(options.root);
  const breathe = breather(signal);
  const listing = findCandidates({ root, globs, folders, except, mostFiles, environment, signal, breathe });
  // While Git lists the files.
  const cache = cacheFolder === undefined ? undefined : new ProjectCache(cacheFolder, root);
  const known = cache === undefined ? undefined : new KnownContents(cache, Date.now());
  const { found, complete, inGit } = await listing;
  const leftOut = new LeftOutFiles();
  if (complete === 'too_many') leftOut.tooMany(mostFiles);

  using reader = new FolderReader(root, mostBytes);
  const ignored = readIgnoreFile(root);
  const files: ProjectFile[] = [];
  let looked = 0;
  for (const [path, by] of [...found].sort(([one], [other]) => (one < other ? -1 : 1))) {
    await breathe();
    looked += 1;
    if (looked % 1000 === 0) onProgress?.(looked);
    const judged = judgeFile(path, { by, ignored, reader, known, inGit });
    if (judged.kind === 'chosen') files.push(judged.file);
    else if (judged.kind === 'secret' && by.named === 'file') throw namedSecret(path, judged.secret);
    else if (judged.kind !== 'nothing') leftOut.add(judged.kind, judged.path);
  }
  await known?.save();
  await cache?.tidy();
  if (files.length === 0 && (globs.length > 0 || folders.length > 0)) throw nothingLeft(leftOut.list(), root);
  return choice({ root, files, inGit, leftOut });
}

function choice({ root, files, inGit, leftOut }: Omit<ChosenFiles, 'leftOut' | 'read'> & { leftOut: LeftOutFiles }): ChosenFiles {
  const hashes = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  const read = (path: string): string | undefined => {
    const sha256 = hashes.get(path);
    if (sha256 === undefined) return undefined;
    try {
      using reader = new FolderReader(root, mostBytes);
      const found = reader.read(path);
      // Judged once more: whether it may be shown was perhaps only remembered.
      if (found.kind === 'read' && hashContent(found.bytes) === sha256 && isText(found.bytes)) return new TextDecoder().decode(found.bytes);
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

function isText(bytes: Uint8Array): boolean {
  const { kind } = judgeContent(bytes);
  return kind === 'written' || kind === 'generated';
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
