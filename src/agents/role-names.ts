import { join } from 'node:path';
import { definitionFolders, type FolderEntry, namesIn } from '../utils/definition-folder.ts';

/** The folder of the built-in roles. */
export const builtInRoleFolder: string = join(import.meta.dirname, 'roles');

/** The names of the roles that there could be. None of them is read, so that some of them may be wrong. */
export function roleNames(folders: Parameters<typeof definitionFolders>[1]): string[] {
  const all = [{ path: builtInRoleFolder }, ...definitionFolders('agents', folders).map(({ folder }) => folder)];
  return [...new Set(all.flatMap((folder) => (namesIn(folder) ?? []).flatMap((entry) => roleNameOf(entry) ?? [])))];
}

/** The name of the role that an entry of such a folder may be: a Markdown file, or a folder of them. */
export function roleNameOf({ name, kind }: FolderEntry): string | undefined {
  if (kind === 'link' || name.startsWith('.') || name === 'README.md') return undefined;
  if (kind === 'folder') return name;
  return name.endsWith('.md') ? name.slice(0, -'.md'.length) : undefined;
}
