import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder, ensureFolderSync } from './ensure-folder.ts';

/**
 * Creates a folder that only this program writes to. A new one keeps itself out of Git; one that a person created is left as it is.
 * @throws the system's error.
 */
export async function ensureOwnFolder(path: string): Promise<'made' | 'there'> {
  const outcome = await ensureFolder(path);
  if (outcome === 'made') keepOutOfGit(path);
  return outcome;
}

/** `ensureOwnFolder` for what is opened before anything else can run. @throws the system's error. */
export function ensureOwnFolderSync(path: string): void {
  if (ensureFolderSync(path) === 'made') keepOutOfGit(path);
}

/** The text of a `.gitignore` that makes Git ignore its own folder. */
export const ignoresAll = '# Written by multiagent. Remove this file to have Git see what is here.\n*\n';

function keepOutOfGit(folder: string): void {
  try {
    writeFileSync(join(folder, '.gitignore'), ignoresAll, { flag: 'wx' });
  } catch {
    // If the folder is not writable, the next write that matters fails. Work never stops for Git's sake.
  }
}
