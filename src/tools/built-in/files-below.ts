import { realpathSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { listBelow } from '../../project/below/list-below.ts';
import { generatedPart } from '../../project/choosing/generated-paths.ts';
import { readIgnoreFile } from '../../project/choosing/ignore-file.ts';
import { isSecretFileName } from '../../utils/credential-names.ts';
import { ownFolderName } from '../../utils/workspace-places.ts';

const mostNames = 20_000;
/** After so many folders others get their turn. */
const breathEvery = 50;

/**
 * The paths of files that a tool looks for, sorted; of a huge project those near its folder. Folders of what was built or fetched are not searched, no link is followed,
 * and what the project keeps from the team is not there.
 * @param wanted By its path, relative to the project's folder, with `/`.
 */
export async function filesBelow(workspace: string, wanted: (path: string) => boolean, signal: AbortSignal): Promise<string[]> {
  const ignored = readIgnoreFile(realpathSync(workspace));
  const folders = [''];
  const found: string[] = [];
  let names = 0;
  for (const [number, folder] of folders.entries()) {
    if (number % breathEvery === 0) await setImmediate();
    signal.throwIfAborted();
    const listed = listBelow(workspace, folder);
    for (const { name, kind } of listed.kind === 'folder' ? listed.entries : []) {
      const path = folder === '' ? name : `${folder}/${name}`;
      names += 1;
      if (names > mostNames) return found.toSorted();
      if (kind === 'folder' && isSearched(path, name) && !ignored.isIgnored(`${path}/`)) folders.push(path);
      if (kind === 'file' && wanted(path) && !ignored.isIgnored(path) && !isSecretFileName(name)) found.push(path);
    }
  }
  return found.toSorted();
}

function isSearched(path: string, name: string): boolean {
  return name !== '.git' && name.toLowerCase() !== ownFolderName && generatedPart(`${path}/-`) === undefined;
}
