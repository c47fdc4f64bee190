import { codeSpans } from './code-spans.ts';
import type { CallLanguage, Example, ExampleLine } from './example.ts';
import type { ExampleReader, ExampleSource } from './example-source.ts';
import { isLiteral, leadingLiteral } from './literal.ts';

/** Code samples whose lines state the result: `total(3)  # 6`, `total(3) gives 6`, or `>>> total(3)` with 6 below it. */
export const shownCalls: ExampleReader = (source) => {
  const { language } = source;
  if (language === undefined) return [];
  return source.pieces.flatMap(({ kind, text }, at): Example[] => {
    if (kind !== 'sample') return [];
    const lines = textForCall(source, at) ?? (text.startsWith('>>>') ? promptedLines(text) : codeLines(text, language));
    return lines?.some(({ result }) => result !== undefined) ? [{ kind: 'calls', quote: text, language, lines }] : [];
  });
};

/** The marks between a line and its result, with spaces around them. */
const marks: Readonly<Record<CallLanguage, RegExp>> = {
  python: / (?:#|gives|returns|is|yields|→|->|=>|==>|==) /g,
  javascript: / (?:\/\/|gives|returns|is|yields|→|->|=>|==>|===?) /g,
};
const longestLine = 400;
const imports = /^(?:from|import)\b/;
const code = /[=(.]/;

/** Undefined for a sample that is not code. */
function codeLines(text: string, language: CallLanguage): ExampleLine[] | undefined {
  const lines: ExampleLine[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || imports.test(line) || (/^(?:const|let|var) /.test(line) && line.includes('require('))) continue;
    if (line.length > longestLine) return undefined;
    if (/^\s/.test(line) || !isBalanced(line)) return undefined;
    const { before, after } = partsOf(line, language);
    if (!code.test(before) || !/^[A-Za-z_$(]/.test(before)) return undefined;
    const result = after === undefined ? undefined : resultIn(after);
    lines.push({ code: before.trimEnd().replace(/;$/, ''), ...(result === undefined ? {} : { result }) });
  }
  return lines;
}

/** Splits a line at the first mark that a value follows: a comment may hold other words, and `is` may be Python's. */
function partsOf(line: string, language: CallLanguage): { before: string; after?: string } {
  for (const { 0: mark, index } of line.matchAll(marks[language])) {
    const after = line.slice(index + mark.length);
    if (resultIn(after) !== undefined || /^ (?:#|\/\/) $/.test(mark)) return { before: line.slice(0, index), after };
  }
  return { before: line };
}

/** The value at the beginning of the words after a line: `1, and the card is empty`. */
function resultIn(text: string): string | undefined {
  const plain = text.trimStart().replace(/^(?:→|->|=>|returns|gives|is|==?) /, '');
  const found = leadingLiteral(plain);
  if (found === undefined) return undefined;
  const rest = plain.trimStart().slice(found.length).trim();
  return rest === '' || /^[,;(.]/.test(rest) ? found : undefined;
}

function promptedLines(text: string): ExampleLine[] | undefined {
  const lines: ExampleLine[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('>>> ')) {
      const said = line.slice(4).trim();
      if (!imports.test(said)) lines.push({ code: said });
    } else if (line.trim() === '') continue;
    else {
      const last = lines.at(-1);
      if (last === undefined || last.result !== undefined || !isLiteral(line)) return undefined;
      last.result = line.trim();
    }
  }
  return lines;
}

/** Whether brackets and quotes seem to close within the line. */
function isBalanced(line: string): boolean {
  let depth = 0;
  for (const character of line) {
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
  }
  return depth === 0;
}

const ofText = /^([A-Za-z_]\w{0,80})\(\w{1,80}(?:: ?\w{1,40})?\)/;

/** "A function `read(text)` … For the text above:" and a value: the sample before is the function's argument. */
function textForCall({ pieces }: ExampleSource, at: number): ExampleLine[] | undefined {
  const [given, told, { text } = { text: '' }] = [pieces[at - 2], pieces[at - 1], pieces[at]];
  if (given?.kind !== 'sample' || told?.kind !== 'prose' || !isLiteral(text)) return undefined;
  if (!/\b(?:text|input|lines?|example|sample) above\b|\bfor (?:this|the) (?:text|input)\b/i.test(told.text)) return undefined;
  const name = codeSpans(told.text)
    .map(({ code: said }) => ofText.exec(said)?.[1])
    .findLast((found) => found !== undefined);
  return name === undefined ? undefined : [{ code: `${name}(${JSON.stringify(given.text)})`, result: text.trim() }];
}
