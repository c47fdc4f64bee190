import { fileKindOf } from '../demands/file-kind.ts';
import { type CodeSpan, codeSpans } from './code-spans.ts';
import { commandsIn, dataFilesOf } from './commands-in.ts';
import type { Example } from './example.ts';
import type { ExampleReader, ExampleSource } from './example-source.ts';
import { readCommand } from './program-start.ts';
import { toldExit } from './told-commands.ts';

const trouble =
  "(?:(?:cannot|can't|can not|could not) be (?:read|opened|found)|(?:does not|doesn't) exist|is missing|is not (?:there|found)|was not found)";
const told = '[^.`]{0,80}(?:\\bprints?(?: only)?|:)\\s{0,4}$';
/** "If the file cannot be read, print", "A file that does not exist:". */
const aFile = new RegExp(
  `(?:^|[.;:]\\s{1,4}|\\n)(?:(?:when|if|for) )?(?:the|a|its|that|this|an) (?:(?:input|given|named) )?file (?:that )?${trouble}\\b${told}`,
  'i',
);
/** "If `soup.txt` does not exist, print". */
const itsName = new RegExp(`^ ${trouble}\\b${told}`, 'i');
const condition = /(?:^|[.;:]\s{1,4}|\n)(?:when|if)(?: the file)? $/i;
const toFillIn = /[<>{}[\]…]|\.\.\.|\b(?:FILE|FILENAME|NAME|PATH)\b/;

/** "If the file cannot be read, print `cannot read: soup.txt` and end with exit code 1", if a command with that file is shown. */
export const toldForMissingFile: ExampleReader = (source) => {
  const command = commandWithFile(source);
  if (command === undefined) return [];
  return source.pieces.flatMap(({ kind, text }): Example[] => {
    if (kind !== 'prose') return [];
    const spans = codeSpans(text);
    return spans.flatMap((span, number) => {
      const words = saidBefore(span, spans[number - 1], command.file);
      const names = span.code.match(/[\w./-]{1,200}/g)?.filter((word) => fileKindOf(word) === 'data') ?? [];
      if (words === undefined || toFillIn.test(span.code) || names.some((name) => name !== command.file)) return [];
      const quote = `${words.trim()} \`${span.code}\``;
      const expected = { text: span.code, extent: 'line', from: 'any' } as const;
      return [{ kind: 'commands', quote, files: [], commands: [{ command: command.line, expected, ...toldExit(span.after) }] }];
    });
  });
};

function saidBefore({ before }: CodeSpan, previous: CodeSpan | undefined, file: string): string | undefined {
  if (aFile.test(before)) return before.slice(Math.max(before.lastIndexOf('. '), before.lastIndexOf('\n')) + 1);
  const isNamed = previous?.code === file && condition.test(previous.before) && itsName.test(before);
  return isNamed ? `If \`${file}\`${before}` : undefined;
}

/** The only command of the requirement whose single argument is a data file that exists only in the requirement. */
function commandWithFile(source: ExampleSource): { line: string; file: string } | undefined {
  const { pieces, programs, projectFiles } = source;
  const [program, ...others] = programs;
  // In a project a sentence may describe the very fault.
  if (program === undefined || others.length > 0 || projectFiles.length > 0) return undefined;
  const lines = pieces.flatMap(({ kind, text }) =>
    kind === 'prose' ? commandsIn(text, source) : text.split('\n').flatMap((line) => readCommand(line, programs) ?? []),
  );
  const found = new Set(
    lines.filter((line) => {
      const [file, ...more] = dataFilesOf(line);
      return file !== undefined && more.length === 0 && line === `${program.start} ${file}`;
    }),
  );
  const [line, ...further] = found;
  return line === undefined || further.length > 0 ? undefined : { line, file: dataFilesOf(line)[0] ?? '' };
}
