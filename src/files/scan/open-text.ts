import { languageOfInfo } from '../names/languages.ts';

/** The start and end of a text of several lines within code. A fence in it is a line of that text. */
interface TextMarks {
  /** Finds openings, and skips comments and short strings. */
  tokens: RegExp;
  /** The openings and what ends each; everything else is skipped. */
  ends: Readonly<Record<string, string>>;
  /** The same, as a list. */
  pairs: readonly (readonly [opening: string, end: string])[];
}

function textMarks(tokens: RegExp, ends: TextMarks['ends']): TextMarks {
  return { tokens, ends, pairs: Object.entries(ends) };
}

const short = String.raw`"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?`;
/** A regular expression may contain quotes and backticks. What comes before it tells it from a division. */
const expression = String.raw`(?<=(?:^|[=(,:;!&|?{}[>]|\breturn)[ \t]{0,8})\/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,80}\]){1,300}\/`;
const scripts = textMarks(new RegExp(String.raw`${'`'}{3,}|//.*|/\*|${'`'}|${short}|${expression}`, 'g'), { '`': '`', '/*': '*/' });
const slashes = textMarks(new RegExp(String.raw`//.*|/\*|"""|${short}`, 'g'), { '"""': '"""', '/*': '*/' });
const python = textMarks(new RegExp(String.raw`#.*|"""|'''|${short}`, 'g'), { '"""': '"""', "'''": "'''" });
const markup = textMarks(/<!--|<pre\b|<textarea\b|<script\b/g, { '<!--': '-->', '<pre': '</pre>', '<textarea': '</textarea>' });
const shell = textMarks(/<<[-~]?\s*(["']?)([A-Za-z_]\w*)\1/g, {});
const yaml = textMarks(/[|>]/g, {});

const marksByLanguage = new Map<string, TextMarks>(
  (
    [
      ['js jsx ts tsx mjs cjs mts cts javascript typescript node vue svelte go golang', scripts],
      ['java kotlin kt scala swift groovy gradle c cpp c++ cs csharp c# rust rs dart css scss sass less php solidity proto', slashes],
      ['python py python3', python],
      ['html htm xml svg xhtml', markup],
      ['bash sh shell zsh ruby rb perl pl', shell],
      ['yaml yml', yaml],
    ] as const
  ).flatMap(([words, marks]) => words.split(' ').map((word): [string, TextMarks] => [word, marks])),
);

interface Position {
  contentStart: number;
  /** How far openings have been counted, which is quick, and which of them are open by their number. */
  counted: number;
  odd: Set<string>;
  /** How far the content has been read. */
  at: number;
  /** The end of the text that is open there. */
  end: string | undefined;
}

const mostRemembered = 8;

/**
 * Tells whether a position in a block of code is within a text of several lines: a template, a docstring, a here-document, a block of YAML. It reads on from
 * its last position, so the time is linear however often it is asked.
 */
export class OpenText {
  #positions: Position[] = [];
  readonly #slice: (from: number, to: number) => string;

  constructor(slice: (from: number, to: number) => string) {
    this.#slice = slice;
  }

  isOpen(info: string, contentStart: number, to: number): boolean {
    const marks = marksOf(info);
    if (marks === undefined) return false;
    let position = this.#positions.find((known) => known.contentStart === contentStart && known.counted <= to && known.at <= to);
    if (position === undefined) {
      position = { contentStart, counted: contentStart, odd: new Set(), at: contentStart, end: undefined };
      this.#positions = [position, ...this.#positions].slice(0, mostRemembered);
    }
    if (marks !== shell && marks !== yaml) {
      count(this.#slice(position.counted, to), position.odd, marks.pairs);
      position.counted = to;
      // Usually everything that was opened was closed.
      if (position.odd.size === 0) return false;
    }
    const text = this.#slice(position.at, to);
    for (const line of text.split(/\r\n|\n|\r/)) position.end = follow(line, position.end, marks);
    position.at = to;
    return position.end !== undefined;
  }
}

/** Which openings are open if each counts: by their number if opening and end are the same, else by which of the two came last. */
function count(text: string, odd: Set<string>, pairs: TextMarks['pairs']): void {
  for (const [opening, end] of pairs) {
    const isOpen = opening === '`' ? isOddTick(text, odd.has(opening)) : isOpenAfter(text, opening, end, odd.has(opening));
    if (isOpen) odd.add(opening);
    else odd.delete(opening);
  }
}

const tick = 96;

/** Whether the number of single backticks is odd so far. Three or more in a row are a fence, two are an empty text. */
function isOddTick(text: string, before: boolean): boolean {
  let isOdd = before;
  for (let at = text.indexOf('`'); at !== -1;) {
    let next = at + 1;
    while (text.charCodeAt(next) === tick) next += 1;
    if (next - at === 1) isOdd = !isOdd;
    at = text.indexOf('`', next);
  }
  return isOdd;
}

function isOpenAfter(text: string, opening: string, end: string, before: boolean): boolean {
  let isOpen = before;
  for (let at = 0; ;) {
    const mark = isOpen ? end : opening;
    const found = text.indexOf(mark, at);
    if (found === -1) return isOpen;
    at = found + mark.length;
    isOpen = !isOpen;
  }
}

function marksOf(info: string): TextMarks | undefined {
  const language = languageOfInfo(info);
  return marksByLanguage.get(language ?? '') ?? marksByLanguage.get(/\.(\w{1,10})\b[^.]*$/.exec(info)?.[1]?.toLowerCase() ?? '');
}

/** The end of the text that is open after this line. */
function follow(line: string, open: string | undefined, marks: TextMarks): string | undefined {
  let end = open;
  let at = 0;
  if (marks === shell) {
    if (end !== undefined) return line.trim() === end ? undefined : end;
    return /^\s*#/.test(line) ? undefined : [...line.matchAll(marks.tokens)].at(-1)?.[2];
  }
  if (marks === yaml) {
    if (line.trim() === '' || /^(?:```|~~~)/.test(line)) return end;
    if (opensBlock(line)) return 'block';
    return end !== undefined && /^\s/.test(line) ? end : undefined;
  }
  for (;;) {
    if (end !== undefined) {
      const found = line.indexOf(end, at);
      if (found === -1) return end;
      at = found + end.length;
      if (end === '`') {
        // Three or more in a row are a fence within the template.
        const from = found;
        while (line[at] === '`') at += 1;
        if (line[found - 1] === '\\' || at - from >= 3) continue;
        at = found + 1;
      }
      end = undefined;
    }
    marks.tokens.lastIndex = at;
    const token = marks.tokens.exec(line);
    if (token === null) return undefined;
    at = token.index + token[0].length;
    end = Object.hasOwn(marks.ends, token[0]) ? marks.ends[token[0]] : undefined;
  }
}

/** Whether a line of YAML ends, before a remark, with the sign for a text below it. */
function opensBlock(line: string): boolean {
  if (/^\s*#/.test(line)) return false;
  const [code = ''] = line.split(/\s#/, 1);
  // As many characters as the sign, its indicators and what precedes them can have.
  return /(?:^|[:\s-])[|>][+-]?\d?[+-]?$/.test(code.trimEnd().slice(-6));
}
