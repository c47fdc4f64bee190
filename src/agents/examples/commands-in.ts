import { fileKindOf } from '../demands/file-kind.ts';
import { codeSpans } from './code-spans.ts';
import type { ExampleSource } from './example-source.ts';
import { readCommand } from './program-start.ts';

/** The commands that a paragraph names, in order. */
export function commandsIn(text: string, { programs }: Pick<ExampleSource, 'programs'>): string[] {
  return codeSpans(text).flatMap(({ code }) => readCommand(code, programs) ?? []);
}

/** Data files that are arguments of a command. */
export function dataFilesOf(command: string): string[] {
  return command
    .split(/\s+/)
    .map((word) => word.replace(/^(["'])(.*)\1$/, '$2'))
    .filter((word) => fileKindOf(word) === 'data' && /^[\w][\w./-]*$/.test(word) && !word.includes('..'));
}

/** The data files that a command needs. Undefined if one of them is unknown. */
export function filesFor(command: string, { shownFiles, projectFiles }: ExampleSource): { path: string; content: string }[] | undefined {
  const files: { path: string; content: string }[] = [];
  for (const path of dataFilesOf(command)) {
    const shown = shownFiles.find((file) => file.path === path);
    if (shown !== undefined) files.push(shown);
    else if (!projectFiles.some((file) => file.path === path)) return undefined;
  }
  return files;
}
