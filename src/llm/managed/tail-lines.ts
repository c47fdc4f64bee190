import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { printable } from '../../utils/printable.ts';

/** Bytes that are looked at for a line, at most. */
const bytesOfLine = 500;

/** The last lines of a log, made harmless; none where there is no file. Whole lines, except where they are very long. */
export function tailLines(path: string, count: number): string[] {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return [];
  }
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, count * bytesOfLine + bytesOfLine));
    const length = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    const lines = printable(buffer.toString('utf8', 0, length)).split('\n');
    if (buffer.length < size && lines.length > 1) lines.shift();
    return lines.filter((line) => line.trim() !== '').slice(-count);
  } finally {
    closeSync(descriptor);
  }
}
