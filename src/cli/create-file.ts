import { lstat, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { InitFile } from './init-files.ts';

/** `kept` names the file because of which nothing was written. */
export type CreatedFile = { outcome: 'created' } | { outcome: 'kept'; because: string };

/**
 * Writes the file unless it, or one that it would take the place of, exists. Whatever lies there, a link that leads nowhere too, is left as it is.
 * A write that fails leaves nothing behind.
 * @throws the system's error.
 */
export async function createFile(folder: string, { name, content, mode, keeps }: InitFile): Promise<CreatedFile> {
  for (const existing of keeps) if (await exists(join(folder, existing))) return { outcome: 'kept', because: existing };
  const path = join(folder, name);
  const text = await content();
  // `wx` never opens what came to be in the meantime, and follows no link.
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return { outcome: 'created' };
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
