import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { requireRegularFile } from './read-regular-file.ts';

/**
 * Opens an ordinary file to read it. A pipe is not waited for, and a device is not opened.
 * @throws UnfitFileError; the system's error.
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  requireRegularFile(await stat(path));
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    requireRegularFile(await file.stat());
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}
