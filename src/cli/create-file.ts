import { lstat, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { InitFile } from './init-files.ts';

/** `kept`: nothing was written because of the named file. */
export type CreatedFile = { outcome: 'created' } | { outcome: 'kept'; because: string };

/**
 * Writes the file unless it, or a file that it would replace, exists. Anything that exists is left alone, even a dangling link.
 * A write that fails leaves nothing behind.
 * @throws the system's error.
 */
export async function createFile(folder: string, { name, content, mode, keeps }: InitFile): Promise<CreatedFile> {
  for (const existing of keeps) if (await exists(join(folder, existing))) return { outcome: 'kept', because: existing };
  const path = join(folder, name);
  const text = await content();
  // `wx` never opens a file that was created meanwhile, and follows no link.
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
