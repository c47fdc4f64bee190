import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { formatBytes } from './format-bytes.ts';

/** Why a path was not read although the system would have allowed it. The message ends a sentence. */
export class UnfitFileError extends Error {
  readonly reason: 'no_file' | 'too_large';

  constructor(message: string, reason: UnfitFileError['reason'] = 'no_file') {
    super(message);
    this.reason = reason;
  }
}

/**
 * The bytes of a regular file of limited size. It does not wait for a pipe without a writer, and reads no device: a folder from elsewhere may hold a link to
 * one. It does not trust the size that the system reports, since virtual files report none.
 * @param links What to do if the file itself is a link. Links of folders above it are always followed.
 * @throws UnfitFileError if it is not a regular file or too large; the system's error.
 */
export function readRegularFile(path: string, mostBytes: number, links: 'follow links' | 'refuse links' = 'follow links'): Buffer {
  // Checked before opening: to open a device can already have an effect.
  const stats = links === 'follow links' ? statSync(path) : lstatSync(path);
  if (stats.isSymbolicLink()) throw new UnfitFileError('it is a link');
  requireRegularFile(stats, mostBytes);
  const noLink = links === 'follow links' ? 0 : (constants.O_NOFOLLOW ?? 0);
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | noLink);
  try {
    requireRegularFile(fstatSync(file), mostBytes);
    return readAtMost(file, mostBytes);
  } finally {
    closeSync(file);
  }
}

/** @throws UnfitFileError */
export function requireRegularFile(stats: Pick<Stats, 'isFile' | 'isDirectory' | 'size'>, mostBytes = Infinity): void {
  if (stats.isDirectory()) throw new UnfitFileError('it is a folder');
  if (!stats.isFile()) throw new UnfitFileError('it is not a regular file');
  if (stats.size > mostBytes) throw tooLarge(mostBytes);
}

function readAtMost(file: number, mostBytes: number): Buffer {
  const chunks: Buffer[] = [];
  for (let total = 0; ;) {
    const chunk = Buffer.allocUnsafe(64 * 1024);
    const read = readSync(file, chunk);
    if (read === 0) return Buffer.concat(chunks);
    total += read;
    if (total > mostBytes) throw tooLarge(mostBytes);
    chunks.push(chunk.subarray(0, read));
  }
}

export function tooLarge(mostBytes: number): UnfitFileError {
  return new UnfitFileError(`it is larger than ${formatBytes(mostBytes)}`, 'too_large');
}

/**
 * Opens a regular file for reading. It does not wait for a pipe, and opens no device.
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
