import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';

/** What stands there, links not followed. */
export function statOf(file: string): Promise<Stats | undefined> {
  return ifExists(lstat(file));
}

/** Undefined where there is no such file. @throws every other error of the system. */
export async function ifExists<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  try {
    return await promise;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
