import { type CodeSpan, codeSpans } from './code-spans.ts';
import { filesFor } from './commands-in.ts';
import type { Example, ExampleCommand } from './example.ts';
import type { ExampleReader } from './example-source.ts';
import { readCommand } from './program-start.ts';

const verb =
  /^,?\s{0,4}(?:(?:must|should|has to|then|now|will|only|just)\s{1,4}){0,3}(?:prints?|shows?|outputs?|writes?|gives?|is|says?)\s{1,4}(?:only |exactly |just )?/;

/** "`convert.py 7` prints `VII`", "`convert.py x` ends with exit code 2". */
export const toldCommands: ExampleReader = (source) =>
  source.pieces.flatMap(({ kind, text }): Example[] => {
    if (kind !== 'prose') return [];
    const spans = codeSpans(text);
    return spans.flatMap((span, number): Example[] => {
      const command = readCommand(span.code, source.programs);
      const files = command === undefined ? undefined : filesFor(command, source);
      if (command === undefined || files === undefined) return [];
      const told = outcomeOf(span, spans[number + 1]);
      if (told === undefined) return [];
      return [
        { kind: 'commands', quote: `${span.code}${span.after}${told.quote}`.trim(), files, commands: [{ command, ...told.outcome }] },
      ];
    });
  });

function outcomeOf(
  { after }: CodeSpan,
  next: CodeSpan | undefined,
): { quote: string; outcome: Omit<ExampleCommand, 'command'> } | undefined {
  const said = verb.exec(after);
  if (said !== null && after.length === said[0].length && next !== undefined) {
    return {
      quote: `\`${next.code}\``,
      outcome: { expected: { text: next.code, extent: 'line', from: 'any' }, ...toldExit(next.after) },
    };
  }
  const plain = said === null ? undefined : /^-?\d[\d.:,]{0,30}/.exec(after.slice(said[0].length))?.[0].replace(/[.,:]$/, '');
  if (plain !== undefined) return { quote: '', outcome: { expected: { text: plain, extent: 'line', from: 'any' } } };
  const outcome = toldExit(after);
  return outcome.exitCode === undefined ? undefined : { quote: '', outcome };
}

const exit = /^[^.`]{0,60}\b(?:ends?|exits?)\b[^.`]{0,20}\b(?:code|status) (\d{1,3})\b/;

/** "… and ends with exit code 2": the exit code in the words after a command or its output. */
export function toldExit(words: string): { exitCode?: number } {
  const code = exit.exec(words)?.[1];
  return code === undefined ? {} : { exitCode: Number(code) };
}
