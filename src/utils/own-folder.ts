import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder, ensureFolderSync } from './ensure-folder.ts';

/**
 * Makes a folder for what this program alone writes. Where it was not there before, it keeps itself out of Git: one that a person made is theirs.
 * @throws the system's error.
 */
export async function ensureOwnFolder(path: string): Promise<'made' | 'there'> {
  const outcome = await ensureFolder(path);
  if (outcome === 'made') keepOutOfGit(path);
  return outcome;
}

/** The same for what is opened before anything else can run. @throws the system's error. */
export function ensureOwnFolderSync(path: string): void {
  if (ensureFolderSync(path) === 'made') keepOutOfGit(path);
}

/** What a `.gitignore` says that leaves out its own folder. */
export const ignoresAll = '# Written by multiagent. Remove this file to have Git see what is here.\n*\n';

function keepOutOfGit(folder: string): void {
  try {
    writeFileSync(join(folder, '.gitignore'), ignoresAll, { flag: 'wx' });
  } catch {
    // Whether the folder can be written shows when something that matters is written; and nobody stops working for Git's sake.
  }
}
