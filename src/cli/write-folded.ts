import process from 'node:process';
import { foldText } from './views/fold-text.ts';

interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Text for a person: in a terminal broken between words, in a file or a pipe as it is. */
export function writeFolded(text: string, output: Output = process.stdout): void {
  output.write(output.isTTY && output.columns ? foldText(text, output.columns) : text);
}
