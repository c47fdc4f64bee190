import { readLiteral, type Literal } from './read-literal.ts';

/** More values than this in one text are data, whatever they contain. */
const mostValues = 1000;

export interface JsonValue {
  value: unknown;
  start: number;
  end: number;
}

/**
 * The JSON objects and lists in a text, each from the beginning of a line; the text around them is skipped. Line endings and tabs within strings, which models
 * write unescaped, count as escaped. The time is linear: each character is looked at once, and read once.
 */
export function jsonValues(text: string): JsonValue[] {
  const values: JsonValue[] = [];
  let at = 0;
  let isHopeless = false;
  while (values.length < mostValues) {
    const start = startOfValue(text, at);
    if (start === -1) break;
    const end = endOfValue(text, start);
    const value = end === -1 ? undefined : parse(text.slice(start, end));
    // What is not JSON may be written as in Python or JavaScript. Reading twice is bounded, because it gives up when that fails.
    const literal: Literal | undefined = value === undefined && !isHopeless ? readLiteral(text, start) : undefined;
    isHopeless ||= value === undefined && literal === undefined;
    if (value !== undefined) values.push({ value, start, end });
    else if (literal !== undefined) values.push({ value: literal.value, start, end: literal.end });
    else if (end === -1) break;
    at = literal?.end ?? end;
  }
  return values;
}

/** What models put before a call on its line. */
const prefix =
  '(?:<[|｜]?/?[\\w./▁-]{1,40}[|｜]?>|(?:commentary )?(?:to=)?[\\w.:-]{1,60} ?(?=<[|｜])|\\[[A-Z_]{2,20}\\]\\w{0,60}|functools|Action Input:|(?:json|JSON):)';
const valueStart = `^[^\\S\\r\\n]{0,100}(?:${prefix}[^\\S\\r\\n]{0,10}){0,8}[[{]`;

/** Whether a line of a text begins a value. */
export function beginsValue(text: string): boolean {
  return new RegExp(valueStart, 'm').test(text);
}

function startOfValue(text: string, from: number): number {
  const start = new RegExp(valueStart, 'gm');
  start.lastIndex = from;
  // One value may follow another on a line.
  const next = /^\s*(?:[,;]\s*)?(?:\w{0,60}\[ARGS\])?([[{])/.exec(text.slice(from, from + 200));
  if (from > 0 && next !== null) return from + next[0].length - 1;
  return start.exec(text) === null ? -1 : start.lastIndex - 1;
}

/** The position where the brackets are balanced again, ignoring strings; -1 if they never are. */
function endOfValue(text: string, start: number): number {
  const mark = /["{}[\]]/g;
  mark.lastIndex = start;
  let depth = 0;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    if (found[0] === '"') {
      const end = endOfString(text, found.index);
      if (end === -1) return -1;
      mark.lastIndex = end;
    } else {
      depth += found[0] === '{' || found[0] === '[' ? 1 : -1;
      if (depth === 0) return mark.lastIndex;
    }
  }
  return -1;
}

function endOfString(text: string, quote: number): number {
  for (let at = quote + 1; ;) {
    const end = text.indexOf('"', at);
    if (end === -1) return -1;
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end + 1;
    at = end + 1;
  }
}

function parse(text: string): unknown {
  for (const candidate of [() => text, () => withEscapedEndings(text), () => withEscapedEndings(text).replaceAll(/,(?=\s*[}\]])/g, '')]) {
    try {
      return JSON.parse(candidate()) as unknown;
    } catch {
      continue;
    }
  }
  return undefined;
}

function withEscapedEndings(text: string): string {
  return text.replaceAll(/"(?:[^"\\]+|\\[\s\S])*"?/g, (literal) =>
    literal.replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\t', '\\t'),
  );
}
