import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { printable } from '../../utils/printable.ts';

/** Bytes that are looked at for a line, at most. */
const bytesOfLine = 500;

export interface Tail {
  lines: string[];
  /** Bytes before what is written next. */
  end: number;
}

/** The last lines of a log, made harmless; none where there is no file. */
export function tailLines(path: string, count: number): string[] {
  return readTail(path, count).lines;
}

/** The last lines, and where they end. Whole lines, except where they are very long. */
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
    // `slice(-0)` would be all of them.
    return { lines: count === 0 ? [] : lines.filter((line) => line.trim() !== '').slice(-count), end: size };
  } finally {
    closeSync(descriptor);
  }
}
