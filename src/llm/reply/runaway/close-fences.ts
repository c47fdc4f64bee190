import { FenceLines } from './fence-lines.ts';

/** What a text needs at its end so that no code block is open in it; empty where none is. */
export function closeFences(text: string): string {
  const fences = new FenceLines();
  for (const line of text.split(/\r?\n/)) fences.line(line);
  const { closing } = fences;
  return closing.length === 0 ? '' : `${text.endsWith('\n') ? '' : '\n'}${closing.join('\n')}\n`;
}
