import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * File names for saved slots of one server. They are always the same few, so that its folder never grows beyond them. Servers on one machine may save in one
 * folder, and a slot filled with what another model has read would write nonsense without an error, so each server has names of its own.
 */
export function forkFiles(address: string): string[] {
  const server = createHash('sha256').update(address).digest('hex').slice(0, 8);
  return [0, 1, 2, 3].map((number) => `multiagent-fork-${server}-${number}.bin`);
}

/** Removes copies of slots, if their folder is known and on this machine. It does no harm if that fails: the next run overwrites them. */
export async function removeForkFiles(folder: string, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true }).catch(() => undefined)));
}
