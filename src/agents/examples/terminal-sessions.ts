import { filesFor } from './commands-in.ts';
import type { Example, ExampleCommand } from './example.ts';
import type { ExampleReader } from './example-source.ts';
import { readCommand } from './program-start.ts';

/** Samples that show a terminal: a command, its output, the next command. */
export const terminalSessions: ExampleReader = (source) =>
  source.pieces.flatMap(({ kind, text }): Example[] => {
    if (kind !== 'sample') return [];
    const commands: (ExampleCommand & { printed: string[] })[] = [];
    for (const line of text.split('\n')) {
      const command = readCommand(line, source.programs);
      if (command !== undefined) commands.push({ command, printed: [] });
      else if (commands.length === 0 || looksStarted(line)) return [];
      else commands.at(-1)!.printed.push(line);
    }
    const known = commands.map(({ command }) => filesFor(command, source));
    if (known.some((files) => files === undefined)) return [];
    const read = commands.map(({ command, printed }): ExampleCommand => {
      const shown = printed.join('\n').trim();
      return shown === '' ? { command } : { command, expected: { text: printed.join('\n'), extent: 'whole', from: 'any' } };
    });
    if (read.every(({ expected }) => expected === undefined)) return [];
    const files = new Map(known.flatMap((found) => found ?? []).map((file) => [file.path, file]));
    return [{ kind: 'commands', quote: text, files: [...files.values()], commands: read }];
  });

/** Whether a line is a command that could not be read. What follows it is not the output of the previous command. */
function looksStarted(line: string): boolean {
  return /^\s*(?:\$ |(?:python3?|node|go run|bash|java|ruby|php|cat|echo) {1,4}\S)/.test(line);
}
