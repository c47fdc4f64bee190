import { type Dirent, lstatSync, opendirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { readRegularFile, UnfitFileError } from './read-regular-file.ts';

/** A folder that holds definitions: each a file, or a folder of files. */
export interface DefinitionFolder {
  /** Absolute. It need not exist. */
  path: string;
  /** Absolute: where everything has to lie when links are followed, because the folder may have come from elsewhere. Absent: a person's own folder, whose links lead where they want. */
  within?: string | undefined;
}

/** More definitions than this nobody has; the rest is not looked at. */
const mostEntries = 200;
/** What a model is told, and what a person writes by hand, is shorter. */
const mostBytes = 64_000;

/** The names in a folder, sorted; none where there is no such folder, or it leads out. */
export function namesIn({ path, within }: DefinitionFolder): { name: string; kind: 'file' | 'folder' }[] {
  if (!isInside(path, within)) return [];
  return entriesOf(path)
    .flatMap((entry): { name: string; kind: 'file' | 'folder' }[] => {
      if (!entry.isSymbolicLink()) return [{ name: entry.name, kind: entry.isDirectory() ? 'folder' : 'file' }];
      if (within !== undefined) return [];
      const leadsTo = statSync(join(path, entry.name), { throwIfNoEntry: false });
      return [{ name: entry.name, kind: leadsTo?.isDirectory() ? 'folder' : 'file' }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function entriesOf(path: string): Dirent[] {
  const found: Dirent[] = [];
  try {
    const folder = opendirSync(path);
    try {
      for (let entry = folder.readSync(); entry !== null && found.length < mostEntries; entry = folder.readSync()) found.push(entry);
    } finally {
      folder.closeSync();
    }
  } catch {
    // What is not there, or may not be read, defines nothing.
  }
  return found;
}

/** The text of a file in such a folder. @throws UnfitFileError for what is no ordinary file, too large or a link out; the system's error. */
export function readDefinition(path: string, { within }: Pick<DefinitionFolder, 'within'>): string {
  if (within !== undefined && (lstatSync(path).isSymbolicLink() || !isInside(path, within)))
    throw new UnfitFileError('it is a link, and what came with a project has to lie in it');
  return readRegularFile(path, mostBytes).toString('utf8');
}

/** Where nothing is, nothing leads out. */
function isInside(path: string, within: string | undefined): boolean {
  if (within === undefined) return true;
  try {
    const way = relative(realpathSync(within), realpathSync(path));
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  } catch {
    return true;
  }
}

/** Where the definitions of one kind lie: those of the person, and those of the workspace. */
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
