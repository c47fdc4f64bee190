import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { formatBytes } from './format-bytes.ts';

/** Why a path was not read although the system would let it be read. The message ends a sentence. */
export class UnfitFileError extends Error {
  readonly reason: 'no_file' | 'too_large';

  constructor(message: string, reason: UnfitFileError['reason'] = 'no_file') {
    super(message);
    this.reason = reason;
  }
}

/**
 * The bytes of an ordinary file of bounded size. A pipe without a writer is not waited for, and a device is not read: a folder that came from elsewhere
 * may hold a link to one. Sizes are not believed, since files of the system tell none.
 * @throws UnfitFileError for what is no file or too large; the system's error.
 */
export function readRegularFile(path: string, mostBytes: number): Buffer {
  // Asked before it is opened: opening a device can do something by itself.
  requireRegularFile(statSync(path), mostBytes);
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
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
  if (!stats.isFile()) throw new UnfitFileError('it is no ordinary file');
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
  return new UnfitFileError(`it has more than ${formatBytes(mostBytes)}`, 'too_large');
}

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
