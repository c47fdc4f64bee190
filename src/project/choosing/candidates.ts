import { lstatSync, realpathSync } from 'node:fs';
import type { GitEnvironment } from '../git/git-place.ts';
import { leadsOutside, matchesNothing, noSuchPath, notAFolder } from './choosing-errors.ts';
import { listFiles } from './list-files.ts';
import { pathMatcher, readPattern, type PathPattern } from './path-patterns.ts';

export interface FindCandidatesOptions {
  /** Absolute, links followed. */
  root: string;
  /** Patterns and paths, relative to the root, with `/`. */
  globs: readonly string[];
  /** Relative to the root, with `/`; empty for the root itself. */
  folders: readonly string[];
  /** Patterns and paths of what is not wanted. */
  except: readonly string[];
  /** The most files that are looked at. */
  mostFiles: number;
  environment: GitEnvironment;
  signal: AbortSignal | undefined;
  breathe: () => Promise<void>;
}

/** How a candidate came to be one. `named`: by its own path, so that only its content can speak against it. Otherwise the folder that was named. */
export type FoundBy = { readonly named: 'file' } | { readonly named: 'folder'; readonly folder: string };

export interface Candidates {
  /** By path; one that ends with `/` is a folder. */
  found: ReadonlyMap<string, FoundBy>;
  /** Whether there are more files than were looked at. */
  complete: 'complete' | 'too_many';
  inGit: boolean;
}

/**
 * The paths that were asked for. Nothing is read yet.
 * @throws MultiagentError for a path that leads out of the root or to nothing, and for a pattern that matches nothing.
 */
export async function findCandidates({ root, globs, folders, except, mostFiles, ...rest }: FindCandidatesOptions): Promise<Candidates> {
  for (const path of [...globs, ...folders]) if (leadsOut(path)) throw leadsOutside(path, root);
  const found = new Map<string, FoundBy>();
  const places: { folder: string; pattern?: { text: string; hits: number } & PathPattern }[] = [];
  for (const folder of folders) places.push({ folder: requireFolder(root, folder) });
  for (const text of globs) {
    const kind = kindAt(root, text);
    const pattern = kind === 'absent' ? readPattern(text) : undefined;
    if (kind === 'folder') places.push({ folder: text });
    else if (kind === 'other') found.set(text, { named: 'file' });
    else if (pattern === undefined) throw noSuchPath(text, root);
    else places.push({ folder: kindAt(root, pattern.base) === 'folder' ? pattern.base : '', pattern: { ...pattern, text, hits: 0 } });
  }
  if (globs.length === 0 && folders.length === 0) places.push({ folder: '' });

  const isExcepted = pathMatcher(except);
  const seen = new Set<string>();
  let complete: Candidates['complete'] = 'complete';
  let inGit = places.length > 0;
  for (const [folder, here] of Map.groupBy(places, ({ folder }) => folder)) {
    const take = (path: string): 'more' | 'enough' => {
      if (!seen.has(path) && seen.size >= mostFiles) {
        complete = 'too_many';
        return 'enough';
      }
      seen.add(path);
      const matching = here.filter(({ pattern }) => pattern === undefined || pattern.matches(withoutSlash(path)));
      for (const { pattern } of matching) if (pattern !== undefined) pattern.hits += 1;
      const before = found.get(path);
      const isCloser = before === undefined || (before.named === 'folder' && before.folder.length < folder.length);
      if (matching.length > 0 && isCloser && !isExcepted(withoutSlash(path))) found.set(path, { named: 'folder', folder });
      return 'more';
    };
    if ((await listFiles({ root, folder, take, ...rest })) === 'by_walking') inGit = false;
  }
  for (const { pattern } of places)
    if (pattern?.hits === 0) throw matchesNothing(pattern.text, root, complete === 'complete' ? 'all' : mostFiles);
  return { found, complete, inGit };
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

function leadsOut(path: string): boolean {
  return path.startsWith('/') || /^[a-z]:/i.test(path) || path.split('/').includes('..');
}

/** What is at a path; links are not followed. A pattern may be the name of a file, such as `[id].tsx`. */
function kindAt(root: string, path: string): 'folder' | 'other' | 'absent' {
  try {
    const place = path === '' ? root : `${root}/${path}`;
    // A folder behind a link is somewhere else.
    return lstatSync(place).isDirectory() && realpathSync.native(place) === place ? 'folder' : 'other';
  } catch {
    return 'absent';
  }
}

function requireFolder(root: string, folder: string): string {
  const kind = kindAt(root, folder);
  if (kind === 'folder') return folder;
  throw kind === 'absent' ? noSuchPath(folder, root) : notAFolder(folder);
}
