import { printable } from '../utils/printable.ts';
import process from 'node:process';
import { asStarted } from './as-started.ts';
import { foldText } from './views/fold-text.ts';

interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Writes text for a person, with commands as they have to be typed here. In a terminal it is broken between words, in a file or a pipe it is not. */
export function writeFolded(text: string, output: Output = process.stdout): void {
  const said = asStarted(text);
  output.write(output.isTTY && output.columns ? foldText(said, output.columns) : said);
}

/** Writes text of a run: byte for byte for files and programs, without control codes for a terminal. */
export function writeText(text: string): void {
  process.stdout.write(process.stdout.isTTY ? printable(text) : text);
}
