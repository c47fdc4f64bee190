import { type CodeSpan, codeSpans } from './code-spans.ts';
import { toldExit } from './told-commands.ts';
import type { Example, ExampleCommand } from './example.ts';
import type { ExampleReader } from './example-source.ts';

const noArguments =
  /(?:^|[.;:]\s{1,4}|\n)(?:without (?:any )?(?:arguments?|parameters?)|(?:when|if) (?:it is |the program is )?(?:called|started|run) without (?:any )?arguments?|(?:when|if) (?:no arguments? (?:is|are) given|there are no(?:t exactly \w{1,10})? arguments?|there are fewer than \w{1,10} arguments?)|without a file name)\b[^.`]{0,60}\bprints?(?: only)?\s{0,4}$/i;
const noInput =
  /(?:^|[.;:]\s{1,4}|\n)(?:without (?:any|a single)|for (?:an )?empty input|(?:when|if) (?:there (?:is|are) (?:no|not a single)|the input is empty))\b[^.`]{0,80}\bprints?( only)?\s{0,4}$/i;

/** "Without arguments it prints `usage: …` and ends with exit code 2", "Without any line it prints only `total 0`". */
export const toldForNothing: ExampleReader = ({ pieces, programs, readsInput }) => {
  const [program, ...others] = programs;
  if (program === undefined || others.length > 0) return [];
  return pieces.flatMap(({ kind, text }): Example[] =>
    kind === 'prose' ? codeSpans(text).flatMap((span) => outcomeOf(span, { reads: readsInput, start: program.start })) : [],
  );
};

function outcomeOf(span: CodeSpan, { reads, start }: { reads: boolean; start: string }): Example[] {
  const words = span.before;
  const empty = reads ? noInput.exec(words) : null;
  if (empty === null && !noArguments.test(words)) return [];
  const command: ExampleCommand = {
    command: start,
    expected: { text: span.code, extent: empty?.[1] === undefined ? 'line' : 'whole', from: 'any' },
    ...toldExit(span.after),
  };
  const sentence = words.slice(Math.max(words.lastIndexOf('. '), words.lastIndexOf('\n')) + 1).trim();
  return [{ kind: 'commands', quote: `${sentence} \`${span.code}\``, files: [], commands: [command] }];
}
