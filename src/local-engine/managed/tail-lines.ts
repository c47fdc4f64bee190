import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { printable } from '../../utils/printable.ts';

/** The most bytes that are read for each line. */
const bytesOfLine = 500;

export interface Tail {
  lines: string[];
  /** The offset, in bytes, of what is written next. */
  end: number;
}

/** The last lines of a log, safe to print; none if there is no file. */
export function tailLines(path: string, count: number): string[] {
  return readTail(path, count).lines;
}

/** The last lines, and where they end. Lines are whole unless they are very long. */
export function readTail(path: string, count: number): Tail {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return { lines: [], end: 0 };
  }
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, count * bytesOfLine + bytesOfLine));
    const length = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    const lines = printable(buffer.toString('utf8', 0, length)).split('\n');
    if (buffer.length < size && lines.length > 1) lines.shift();
    // `slice(-0)` would return all lines.
    return { lines: count === 0 ? [] : lines.filter((line) => line.trim() !== '').slice(-count), end: size };
  } finally {
    closeSync(descriptor);
  }
}
