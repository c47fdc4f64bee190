import { type Dirent, lstatSync, opendirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { readRegularFile, UnfitFileError } from './read-regular-file.ts';

/** A folder of definitions. Each one is a file, or a folder of files. */
export interface DefinitionFolder {
  /** Absolute. It need not exist. */
  path: string;
  /**
   * Absolute: the folder that everything must be in, links followed, because the definitions may come from elsewhere. Absent: it is the person's own folder,
   * and its links may lead anywhere.
   */
  within?: string | undefined;
}

/** Nobody has more definitions than this. Of a folder with more nothing is read, because any part of it would be taken by chance. */
const mostEntries = 1000;
/** Why nothing of such a folder is read. Without a full stop. */
export const tooManyEntries = `it holds more than ${mostEntries} files and folders, and none of them is read`;
/** Instructions for a model, and what a person writes by hand, are shorter. */
const mostBytes = 64_000;

/** What stands in a folder. `link`: one that is not followed, because it came with a project. */
export interface FolderEntry {
  name: string;
  kind: 'file' | 'folder' | 'link';
}

/** A file that looks like a definition and is none, or a folder of which nothing is read. */
export interface LeftOutFile {
  layer: 'user' | 'workspace';
  /** Absolute. */
  path: string;
  /** Without a full stop. */
  reason: string;
}

/** The names in a folder, sorted. None if the folder does not exist or leads out of `within`; undefined where there are too many. */
export function namesIn({ path, within }: DefinitionFolder): FolderEntry[] | undefined {
  if (!isInside(path, within)) return [];
  const entries = entriesOf(path);
  if (entries.length > mostEntries) return undefined;
  return entries
    .map((entry): FolderEntry => {
      if (!entry.isSymbolicLink()) return { name: entry.name, kind: entry.isDirectory() ? 'folder' : 'file' };
      if (within !== undefined) return { name: entry.name, kind: 'link' };
      const leadsTo = statSync(join(path, entry.name), { throwIfNoEntry: false });
      return { name: entry.name, kind: leadsTo?.isDirectory() ? 'folder' : 'file' };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function entriesOf(path: string): Dirent[] {
  const found: Dirent[] = [];
  try {
    const folder = opendirSync(path);
    try {
      for (let entry = folder.readSync(); entry !== null && found.length <= mostEntries; entry = folder.readSync()) found.push(entry);
    } finally {
      folder.closeSync();
    }
  } catch {
    // A folder that does not exist or cannot be read defines nothing.
  }
  return found;
}

/** The text of a file in such a folder. @throws UnfitFileError if it is not a regular file, too large or a link; the system's error. */
export function readDefinition(path: string, { within }: Pick<DefinitionFolder, 'within'>): string {
  if (within !== undefined && (lstatSync(path).isSymbolicLink() || !isInside(path, within)))
    throw new UnfitFileError('it is a link, and a file that came with a project has to be in the project itself');
  return readRegularFile(path, mostBytes).toString('utf8');
}

/** Whether a path leads into a folder, links followed. One that does not exist leads nowhere, so it counts as inside. */
export function isInside(path: string, within: string | undefined): boolean {
  if (within === undefined) return true;
  try {
    const way = relative(realpathSync(within), realpathSync(path));
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  } catch {
    return true;
  }
}

/** The folders for one kind of definition: the person's and the workspace's. */
export function definitionFolders(
  kind: 'agents' | 'workflows',
  { ownFolder, workspace }: { ownFolder?: string | undefined; workspace?: string | undefined },
): { layer: 'user' | 'workspace'; folder: DefinitionFolder }[] {
  return [
    ...(ownFolder === undefined ? [] : [{ layer: 'user' as const, folder: { path: join(ownFolder, kind) } }]),
    ...(workspace === undefined
      ? []
      : [{ layer: 'workspace' as const, folder: { path: join(workspace, '.multiagent', kind), within: workspace } }]),
  ];
}
