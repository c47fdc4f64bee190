import { realpathSync } from 'node:fs';
import { posix } from 'node:path';
import { listBelow } from '../../../project/below/list-below.ts';
import { readIgnoreFile } from '../../../project/choosing/ignore-file.ts';
import { shownPath } from '../../../project/map/shown-path.ts';
import { isSecretFileName } from '../../../utils/credential-names.ts';
import { shownName } from '../../../utils/printable.ts';
import type { ToolContext } from '../../tool.ts';
import { filesBelow } from '../files-below.ts';
import { projectPath, type ProjectPath } from '../project-path.ts';

/** By its name. What a file holds is looked at when it is opened. */
export type DatabaseFile = 'sqlite' | 'sql';

const endings: readonly [RegExp, DatabaseFile][] = [
  [/\.(?:db3?|sqlite3?|s3db|sl3)$/i, 'sqlite'],
  [/\.(?:sql|ddl)$/i, 'sql'],
];

export function databaseFileOf(path: string): DatabaseFile | undefined {
  return endings.find(([ending]) => ending.test(path))?.[1];
}

const mostNamed = 20;

/**
 * The file of a call, or the only one that the project has, if the call names none.
 * @param kinds Which files count where none is named.
 */
export async function databasePath(
  name: string | undefined,
  kinds: readonly DatabaseFile[],
  { workspace, signal }: Pick<ToolContext, 'workspace' | 'signal'>,
): Promise<ProjectPath> {
  if (name !== undefined && name.trim() !== '') return namedPath(name, workspace);
  const isWanted = (path: string) => kinds.some((kind) => kind === databaseFileOf(path));
  const found = await filesBelow(workspace, isWanted, signal);
  const [only, ...others] = found;
  const what = kinds.includes('sql') ? 'SQLite file and no .sql file' : 'SQLite file';
  if (only === undefined)
    return { kind: 'refused', message: `The project has no ${what}, among those that Git does not ignore. Name the file if there is one.` };
  if (others.length === 0) return { kind: 'path', path: only };
  const named = found.slice(0, mostNamed).map(shownPath).join(', ');
  return { kind: 'refused', message: `Name one of these files: ${named}${found.length > mostNamed ? ', …' : ''}.` };
}

function namedPath(name: string, workspace: string): ProjectPath {
  const place = projectPath(name, 'file');
  if (place.kind === 'refused') return place;
  const refuse = (why: string): ProjectPath => ({ kind: 'refused', message: `'${shownName(place.path)}' cannot be read: ${why}.` });
  if (readIgnoreFile(realpathSync(workspace)).isIgnored(place.path))
    return refuse('the project keeps it from the team, with .multiagentignore');
  if (isMissing(place.path, workspace))
    return { kind: 'refused', message: `There is no file '${shownName(place.path)}'. list_files shows what is in a folder.` };
  if (isSecretFileName(place.path.slice(place.path.lastIndexOf('/') + 1))) return refuse('by its name, it holds keys or passwords');
  return place;
}

/** Without following a link. */
function isMissing(path: string, workspace: string): boolean {
  const folder = posix.dirname(path);
  const listed = listBelow(workspace, folder === '.' ? '' : folder);
  if (listed.kind !== 'folder') return listed.kind === 'missing';
  return !listed.more && listed.entries.every(({ name }) => name !== posix.basename(path));
}
