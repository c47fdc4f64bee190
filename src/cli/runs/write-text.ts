import process from 'node:process';
import { printable } from '../../utils/printable.ts';

/** Text of a run as it is, byte for byte, for files and programs; in a terminal without what the terminal would obey. */
export function writeText(text: string): void {
  process.stdout.write(process.stdout.isTTY ? printable(text) : text);
}
