import { printable } from '../utils/printable.ts';
import process from 'node:process';
import { asStarted } from './as-started.ts';
import { foldText } from './views/fold-text.ts';

interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Text for a person, with commands as they have to be typed here: in a terminal broken between words, in a file or a pipe as it is. */
export function writeFolded(text: string, output: Output = process.stdout): void {
  const said = asStarted(text);
  output.write(output.isTTY && output.columns ? foldText(said, output.columns) : said);
}

/** Text of a run as it is, byte for byte, for files and programs; in a terminal without what the terminal would obey. */
export function writeText(text: string): void {
  process.stdout.write(process.stdout.isTTY ? printable(text) : text);
}
