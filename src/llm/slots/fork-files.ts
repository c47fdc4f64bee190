import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Names for what is saved of the slots of one server: always the same few, so that what lies in its folder never grows beyond them. Servers on one machine
 * may save in one folder, and a slot filled with what another model has read would write nonsense without an error: so each has names of its own.
 */
export function forkFiles(address: string): string[] {
  const server = createHash('sha256').update(address).digest('hex').slice(0, 8);
  return [0, 1, 2, 3].map((number) => `multiagent-fork-${server}-${number}.bin`);
}

/** Removes copies of slots, where their folder is on this machine and known. That it cannot be done troubles nobody: the next run writes over them. */
export async function removeForkFiles(folder: string, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true }).catch(() => undefined)));
}
