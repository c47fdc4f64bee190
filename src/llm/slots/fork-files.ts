import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Always the same few, so that what lies in the server's folder never grows beyond them. */
export const forkFiles = [0, 1, 2, 3].map((number) => `multiagent-fork-${number}.bin`);

/** Removes copies of slots, where their folder is on this machine and known. That it cannot be done troubles nobody: the next run writes over them. */
export async function removeForkFiles(folder: string): Promise<void> {
  await Promise.all(forkFiles.map((name) => rm(join(folder, name), { force: true }).catch(() => undefined)));
}
