/** A value in the syntax of Python or JavaScript, and where the text continues. */
export interface Literal {
  value: unknown;
  end: number;
}

const deepest = 20;
const white = /(?:\s|#.*|\/\/.*)*/y;
const quote = /([rRbBuU]{0,2})("""|'''|"|'|`)/y;
const word = /[A-Za-z_$][\w$]{0,60}/y;
const number = /[-+]?\d{1,30}(?:\.\d{1,30})?/y;
const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['True', true],
  ['true', true],
  ['False', false],
  ['false', false],
  ['None', null],
  ['null', null],
  ['undefined', null],
]);
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0', '\n': '' };

/** The position after white space and comments. */
export function skipWhite(text: string, at: number): number {
  white.lastIndex = at;
  white.exec(text);
  return white.lastIndex;
}

/** What a sticky expression finds at this position. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/**
 * Reads a value without running anything: a string in any quotes, a number, a constant, a list or an object of these. Each character is looked at once.
 * @returns undefined for anything else, such as a name, a formatted string or a template with placeholders.
 */
export function readLiteral(text: string, from: number, depth = 0): Literal | undefined {
  const at = skipWhite(text, from);
  const opening = text[at];
  if (opening === '[') return readList(text, at, ']', depth);
  if (opening === '(') return readParenthesised(text, at, depth);
  if (opening === '{') return readObject(text, at, depth);
  const string = readString(text, at);
  if (string !== undefined) return string;
  const found = matchAt(number, text, at)?.[0];
  if (found !== undefined) return { value: Number(found), end: at + found.length };
  const name = matchAt(word, text, at)?.[0];
  return name !== undefined && constants.has(name) ? { value: constants.get(name), end: at + name.length } : undefined;
}

/** Adjacent strings are one, as in Python. */
function readString(text: string, from: number): Literal | undefined {
  let value: string | undefined;
  let end = from;
  for (let at = from; ;) {
    const part = readQuoted(text, at);
    if (part === undefined) break;
    value = (value ?? '') + part.value;
    end = part.end;
    at = skipWhite(text, end);
  }
  return value === undefined ? undefined : { value, end };
}

function readQuoted(text: string, from: number): { value: string; end: number } | undefined {
  const start = matchAt(quote, text, from);
  if (start === undefined) return undefined;
  const [opening, prefix, mark] = start as unknown as [string, string, string];
  const isRaw = /r/i.test(prefix);
  const isLong = mark.length === 3 || mark === '`';
  const parts: string[] = [];
  // A file in a long string begins below its quotes.
  let at =
    from + opening.length + (isLong ? (/^\r?\n/.exec(text.slice(from + opening.length, from + opening.length + 2))?.[0].length ?? 0) : 0);
  const stop = mark === '`' ? /\\|`|\$\{/g : isLong ? new RegExp(`\\\\|${mark}`, 'g') : mark === '"' ? /[\\"]/g : /[\\']/g;
  for (;;) {
    stop.lastIndex = at;
    const found = stop.exec(text);
    if (found === null || found[0] === '${') return undefined;
    parts.push(text.slice(at, found.index));
    if (found[0] === mark) return { value: parts.join(''), end: stop.lastIndex };
    const escaped = readEscape(text, found.index, isRaw);
    parts.push(escaped.value);
    at = escaped.end;
  }
}

const coded = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|\r?(\n))/y;

function readEscape(text: string, at: number, isRaw: boolean): { value: string; end: number } {
  const next = text[at + 1] ?? '';
  if (isRaw) return { value: `\\${next}`, end: at + 2 };
  const match = matchAt(coded, text, at);
  if (match !== undefined) {
    const code = Number.parseInt(match[1] ?? match[2] ?? match[3] ?? '', 16);
    const isCharacter = code <= 0x10_ff_ff;
    return { value: isCharacter ? String.fromCodePoint(code) : '', end: at + match[0].length };
  }
  if (Object.hasOwn(escapes, next)) return { value: escapes[next]!, end: at + 2 };
  return { value: /[\\'"`$/]/.test(next) ? next : `\\${next}`, end: at + 2 };
}

function readParenthesised(text: string, from: number, depth: number): Literal | undefined {
  const list = readList(text, from, ')', depth);
  return list !== undefined && list.value.length === 1 ? { value: list.value[0], end: list.end } : list;
}

function readList(text: string, from: number, close: string, depth: number): (Literal & { value: unknown[] }) | undefined {
  if (depth >= deepest) return undefined;
  const values: unknown[] = [];
  for (let at = skipWhite(text, from + 1); ;) {
    if (text[at] === close) return { value: values, end: at + 1 };
    const item = readLiteral(text, at, depth + 1);
    if (item === undefined) return undefined;
    values.push(item.value);
    at = behindComma(text, item.end, close);
    if (at === -1) return undefined;
  }
}

function readObject(text: string, from: number, depth: number): Literal | undefined {
  if (depth >= deepest) return undefined;
  const pairs: [string, unknown][] = [];
  for (let at = skipWhite(text, from + 1); ;) {
    if (text[at] === '}') return { value: Object.fromEntries(pairs), end: at + 1 };
    const name = matchAt(word, text, at)?.[0];
    const key = readQuoted(text, at) ?? (name === undefined ? undefined : { value: name, end: at + name.length });
    const colon = key === undefined ? -1 : skipWhite(text, key.end);
    const value = text[colon] === ':' ? readLiteral(text, colon + 1, depth + 1) : undefined;
    if (key === undefined || value === undefined) return undefined;
    pairs.push([key.value, value.value]);
    at = behindComma(text, value.end, '}');
    if (at === -1) return undefined;
  }
}

/** The position of the next item, or of the closing bracket; -1 if neither follows. */
export function behindComma(text: string, from: number, close: string): number {
  const at = skipWhite(text, from);
  if (text[at] === ',') return skipWhite(text, at + 1);
  return text[at] === close ? at : -1;
}
