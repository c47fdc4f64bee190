import { readdirSync, readFileSync } from 'node:fs';

/** Numbers of the processes of this machine that were started with this word among their arguments. */
export function processesWith(word: string): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(word);
    } catch {
      return false;
    }
  });
}

/** Resolves once there is no such process any more. */
export async function noProcessesWith(word: string): Promise<void> {
  while (processesWith(word).length > 0) await new Promise((resolve) => setImmediate(resolve));
}
