import { realpathSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { isSecretFileName } from '../../utils/credential-names.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { invisibleCharacters } from '../../utils/printable.ts';
import { ownFolderName } from '../../utils/workspace-places.ts';
import type { GitEnvironment } from '../git/git.ts';
import { findCandidates, type FoundBy } from './candidates.ts';
import { mostFiles, namedSecret, nothingLeft } from './choosing-errors.ts';
import type { ChosenFiles, ProjectFile } from './chosen-files.ts';
import { findSecret } from './find-secret.ts';
import { FolderReader } from './folder-reader.ts';
import { generatedPart } from './generated-paths.ts';
import { IgnoreRules } from './ignore-rules.ts';
import { isBinaryName } from './is-binary-name.ts';
import { judgeContent } from './judge-content.ts';
import { LeftOutFiles, type LeftOutReason } from './left-out.ts';

export interface ChooseFilesOptions {
  /** The project's folder. */
  root: string;
  /** Patterns (`src/*.ts`, with `**` for any depth) and paths of files and folders, relative to the root, with `/`. Without these and `folders`: every file. */
  globs?: readonly string[] | undefined;
  /** Folders, relative to the root, with `/`; empty for the root itself. */
  folders?: readonly string[] | undefined;
  /** Patterns and paths of files and folders that are not wanted; nobody is told of them. */
  except?: readonly string[] | undefined;
  /** For Git. Default: none. */
  environment?: GitEnvironment | undefined;
  signal?: AbortSignal | undefined;
  /** Called with how many files have been looked at, after each thousand. */
  onProgress?: ((files: number) => void) | undefined;
}

/** In a project, the file whose patterns name what the team never gets to see, in the words of a `.gitignore`. */
export const ignoreFileName = '.multiagentignore';

/** After so many files or names others get their turn. */
const breathEvery = 100;

/**
 * Chooses the files of a project that the team may read: text that somebody wrote, of a reasonable size, without secrets. In a Git work tree these are the
 * files that Git knows or would add, elsewhere all that `.gitignore` files let through. Each is read once, to judge it.
 * @throws MultiagentError of category `usage`, if what was asked for leads out of the root, matches nothing, names a secret, or is left out as a whole; what
 * the signal was aborted with; the system's error if there is no such folder.
 */
export async function chooseFiles({
  globs = [],
  folders = [],
  except = [],
  environment = {},
  signal,
  onProgress,
  ...options
}: ChooseFilesOptions): Promise<ChosenFiles> {
  const root = realpathSync.native(options.root);
  const breathe = breather(signal);
  const asked = { globs, folders, except };
  const { found, complete, inGit } = await findCandidates({ root, ...asked, environment, signal, breathe });
  const leftOut = new LeftOutFiles();
  if (complete === 'too_many') leftOut.tooMany(mostFiles);

  using reader = new FolderReader(root);
  const own = reader.read(ignoreFileName);
  const ignored = own.kind === 'file' ? new IgnoreRules().with('', Buffer.from(own.bytes).toString('utf8')) : new IgnoreRules();
  const files: ProjectFile[] = [];
  let looked = 0;
  for (const path of [...found.keys()].sort()) {
    await breathe();
    looked += 1;
    if (looked % 1000 === 0) onProgress?.(looked);
    const by = found.get(path)!;
    if (isOwn(path)) continue;
    const unfit = judgePath(path, by, ignored);
    if (unfit !== undefined) {
      if (unfit.reason === 'secret' && by.named === 'file') throw namedSecret(path);
      leftOut.add(unfit.reason, unfit.path);
      continue;
    }
    const entry = reader.read(path);
    // Git knows files that were deleted, and files vanish.
    if (entry.kind === 'gone') continue;
    if (entry.kind !== 'file') {
      leftOut.add(entry.kind === 'folder' ? (inGit ? 'repository' : 'unreadable') : entry.kind, path);
      continue;
    }
    const judged = judgeContent(entry.bytes);
    if ('text' in judged) files.push({ path, bytes: entry.bytes.length, sha256: hashContent(entry.bytes) });
    else if (judged.reason === 'secret' && by.named === 'file') throw namedSecret(path, findSecret(new TextDecoder().decode(entry.bytes)));
    else if (judged.reason !== 'generated' || by.named !== 'file') leftOut.add(judged.reason, path);
    else files.push({ path, bytes: entry.bytes.length, sha256: hashContent(entry.bytes) });
  }
  if (files.length === 0 && (globs.length > 0 || folders.length > 0)) throw nothingLeft(leftOut.list(), root);

  const hashes = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  return {
    root,
    files,
    inGit,
    get leftOut() {
      return leftOut.list();
    },
    // oxlint-disable-next-line typescript/require-await -- a promise, because nobody should rely on it being done at once
    async read(path) {
      const sha256 = hashes.get(path);
      if (sha256 === undefined) return undefined;
      using again = new FolderReader(root);
      const entry = again.read(path);
      if (entry.kind === 'file' && hashContent(entry.bytes) === sha256) return new TextDecoder().decode(entry.bytes);
      leftOut.add('unreadable', path);
      return undefined;
    },
  };
}

/** What speaks against a file before it is read. A file that was named by its path is judged by what it holds, unless its name says that it is secret. */
function judgePath(
  path: string,
  by: FoundBy,
  ignored: IgnoreRules,
): { reason: Exclude<LeftOutReason, 'too_many'>; path: string } | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (path.search(invisibleCharacters) !== -1 || path.includes('\\') || path.includes('\uFFFD')) return { reason: 'unreadable', path };
  if (by.named === 'folder') {
    const { folder } = by;
    const within = folder === '' ? 0 : folder.length + 1;
    const generated = generatedPart(path.slice(within));
    // A folder that the person named is wanted, whatever its name.
    if (generated?.endsWith('/')) return { reason: 'generated', path: `${path.slice(0, within)}${generated}` };
    if (path.endsWith('/')) return { reason: 'repository', path };
    if (ignored.isIgnored(path)) return { reason: 'ignored', path };
    if (isSecretFileName(name)) return { reason: 'secret', path };
    if (generated !== undefined) return { reason: 'generated', path };
  }
  if (isSecretFileName(name)) return { reason: 'secret', path };
  return isBinaryName(path) ? { reason: 'binary', path } : undefined;
}

/** This program's own folder, and Git's. */
function isOwn(path: string): boolean {
  const parts = path.split('/');
  return parts[0] === ownFolderName || parts.includes('.git') || parts.includes('..');
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
