export type SqlToken =
  /** `text` in capital letters. */
  | { kind: 'word' | 'mark'; text: string; offset: number }
  /** Quoted text; a number counts as one, too. */
  | { kind: 'value'; offset: number }
  | { kind: 'unclosed'; what: 'text' | 'name' | 'comment'; offset: number };

const pieces: { kind: 'skip' | 'value' | 'word'; pattern: RegExp }[] = [
  { kind: 'skip', pattern: /\s+|--[^\n]*/y },
  // Commands for the client instead of the server.
  { kind: 'skip', pattern: /(?<=^|\n)[ \t]*(?:\\|#|delimiter\b)[^\n]*/iy },
  { kind: 'value', pattern: /\d[\w.]*/y },
  { kind: 'word', pattern: /[\p{L}_@:][\p{L}\p{N}_$@]*/uy },
];

const closings: Readonly<Record<string, 'text' | 'name'>> = { "'": 'text', '"': 'name', '`': 'name' };

export interface SqlTokensOptions {
  /** How quoted text contains a quote: written twice, or in some dialects also with a backslash before it. */
  escapes: 'doubled' | 'backslash';
}

/** Splits SQL of any dialect into tokens. Ends with the first thing that is opened and never closed. */
export function* sqlTokens(text: string, { escapes }: SqlTokensOptions): Generator<SqlToken> {
  const copied = new CopiedData(text);
  for (let offset = 0; offset < text.length;) {
    const pastData = copied.endOfDataAt(offset);
    if (pastData !== undefined) {
      offset = pastData;
      continue;
    }
    const character = text[offset]!;
    const what = closings[character];
    const dollar = character === '$' ? match(/\$(?:[A-Za-z_]\w*)?\$/y, text, offset) : undefined;
    let end: number;
    if (what !== undefined) {
      end = endOfQuoted(text, offset, escapes);
      yield end === -1 ? { kind: 'unclosed', what, offset } : { kind: 'value', offset };
    } else if (dollar !== undefined) {
      end = endAfter(text, dollar, offset + dollar.length);
      yield end === -1 ? { kind: 'unclosed', what: 'text', offset } : { kind: 'value', offset };
    } else if (text.startsWith('/*', offset)) {
      end = endAfter(text, '*/', offset + 2);
      if (end === -1) yield { kind: 'unclosed', what: 'comment', offset };
    } else {
      const piece = pieces.find(({ pattern }) => match(pattern, text, offset) !== undefined);
      const found = piece === undefined ? character : match(piece.pattern, text, offset)!;
      end = offset + found.length;
      if (piece?.kind !== 'skip') copied.read(found, offset);
      if (piece === undefined) yield { kind: 'mark', text: character, offset };
      else if (piece.kind === 'word') yield { kind: 'word', text: found.toUpperCase(), offset };
      else if (piece.kind === 'value') yield { kind: 'value', offset };
    }
    if (end === -1) return;
    offset = end;
  }
}

/** The lines of data after `COPY … FROM stdin;`, up to the line `\.`, which are not SQL. */
class CopiedData {
  readonly #text: string;
  #last: [string, string] = ['', ''];
  #start: number | undefined;
  /** There is no further end of data, so no more searching is needed. */
  #isOver = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** Call it for each word and mark in turn. */
  read(token: string, offset: number): void {
    const word = token.toLowerCase();
    if (word === ';' && this.#last[0] === 'from' && this.#last[1] === 'stdin') {
      const line = this.#text.indexOf('\n', offset);
      this.#start = line === -1 ? undefined : line + 1;
    }
    this.#last = [this.#last[1], word];
  }

  /** The end of the data that begins at this position. Undefined if none begins here. */
  endOfDataAt(offset: number): number | undefined {
    if (this.#start === undefined || this.#isOver || offset < this.#start) return undefined;
    const pattern = /^\\\.(?=\n|$(?![^]))/gm;
    pattern.lastIndex = this.#start;
    this.#start = undefined;
    const found = pattern.exec(this.#text);
    this.#isOver = found === null;
    return found === null ? undefined : found.index + found[0].length;
  }
}

function match(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  const found = pattern.exec(text)?.[0];
  return found === '' ? undefined : found;
}

function endOfQuoted(text: string, start: number, escapes: SqlTokensOptions['escapes']): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\' && escapes === 'backslash') at += 1;
    else if (text[at] === quote && text[at + 1] === quote) at += 1;
    else if (text[at] === quote) return at + 1;
  }
  return -1;
}

function endAfter(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found === -1 ? -1 : found + end.length;
}
