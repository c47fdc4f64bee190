import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { generatedPart } from '../../project/choosing/generated-paths.ts';
import type { GuardedPlace } from '../../sandbox/sandbox.ts';
import { isSecretFileName } from '../../utils/credential-names.ts';
import { ownFolderName } from '../../utils/workspace-places.ts';

/** So many names are looked at for secrets, those near the project's folder first. */
const mostNames = 20_000;
/** Each is an argument of the sandbox. */
const mostSecrets = 500;

/**
 * What a command in the project's folder must leave alone: Git's own folder and the journal, which programs outside of the sandbox believe, and files that hold secrets
 * by their names, which are not there for a model. Folders of what was built or fetched are not searched.
 * @param workspace Absolute.
 */
export function guardedPlaces(workspace: string): GuardedPlace[] {
  const own: GuardedPlace[] = [
    { path: '.git', as: 'read_only' },
    { path: ownFolderName, as: 'hidden' },
  ];
  const isThere = ({ path }: GuardedPlace) => {
    const stats = lstatSync(join(workspace, path), { throwIfNoEntry: false });
    return stats?.isDirectory() === true || stats?.isFile() === true;
  };
  return [...own.filter(isThere), ...secretFiles(workspace).map((path) => ({ path, as: 'hidden' }) as const)];
}

function secretFiles(workspace: string): string[] {
  const found: string[] = [];
  const folders = [''];
  let names = 0;
  for (const folder of folders) {
    for (const entry of entriesOf(join(workspace, folder))) {
      const path = `${folder}${entry.name}`;
      names += 1;
      if (names > mostNames || found.length === mostSecrets) return found;
      if (entry.isFile() && isSecretFileName(entry.name)) found.push(path);
      const isOwn = entry.name === '.git' || entry.name === ownFolderName;
      if (entry.isDirectory() && !isOwn && generatedPart(`${path}/-`) === undefined) folders.push(`${path}/`);
    }
  }
  return found;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // It has gone, or nobody may read it, also no command.
    return [];
  }
}
