import type { SourceLine } from './source-line.ts';

export function indexOrEnd(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index === -1 ? text.length : index;
}

export function firstInk(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}

function endsLine(code: number): boolean {
  return code === 10 || code === 13;
}

export function isFenceCharacter(code: number): boolean {
  return code === 96 || code === 126;
}

/** Whether it is the first character of a fence, tag, thought, marker, patch, quote or list item. */
export function isOpeningCharacter(code: number): boolean {
  return (
    isFenceCharacter(code) ||
    code === 60 ||
    code === 62 ||
    code === 91 ||
    code === 9665 ||
    code === 42 ||
    code === 43 ||
    code === 45 ||
    (code >= 48 && code <= 57)
  );
}

const openingLine = /[\n\r][ \t]*[`~<>[◁*+\-0-9]/g;

/** The beginning of the next line with such a first character, after the line end at or after `from`; -1 if there is none. */
export function nextOpeningLine(text: string, from: number): number {
  openingLine.lastIndex = from;
  const found = openingLine.exec(text);
  return found === null ? -1 : found.index + 1;
}

/** How the only remaining line of a text ends. Undefined if there are several lines, or if the line begins or ends with a fence's character. */
export function kindOfOnlyLine(text: string, from: number): SourceLine['before'] | undefined {
  const newline = text.indexOf('\n', from);
  if ((newline !== -1 && newline < text.length - 1) || text.includes('\r', from)) return undefined;
  const end = newline === -1 ? text.length : newline;
  const first = firstInk(text, from, end);
  if (first === end) return 'blank';
  const last = lastInk(text, end);
  if (isFenceCharacter(text.charCodeAt(first)) || isFenceCharacter(last)) return undefined;
  return isColon(last) ? 'colon' : 'other';
}

/** The text of the line that ends just before this position. */
export function lineBefore(text: string, position: number, from: number): string {
  let end = position;
  if (end > from && text.charCodeAt(end - 1) === 10) end -= 1;
  if (end > from && text.charCodeAt(end - 1) === 13) end -= 1;
  return text.slice(startOfLine(text, end, from), end);
}

/** The last non-space character before this position. */
export function lastInk(text: string, end: number): number {
  let at = end;
  while (at > 0 && isSpace(text.charCodeAt(at - 1))) at -= 1;
  return text.charCodeAt(at - 1);
}

/** How the line before this position ends; `known` if it began before `from`. */
export function kindOfLineBefore(text: string, position: number, from: number, known: SourceLine['before']): SourceLine['before'] {
  let at = position;
  if (at > from && text.charCodeAt(at - 1) === 10) at -= 1;
  if (at > from && text.charCodeAt(at - 1) === 13) at -= 1;
  const end = at;
  while (at > from && isSpace(text.charCodeAt(at - 1))) at -= 1;
  if (at === from) return end === position ? known : 'blank';
  if (endsLine(text.charCodeAt(at - 1))) return 'blank';
  return text[at - 1] === ':' ? 'colon' : 'other';
}

/** The start of the line, if the line begins with this fence; its indentation is judged later. */
export function startOfFenceLine(text: string, fence: number, from: number): number | undefined {
  let at = fence;
  while (at > from && text.charCodeAt(at - 1) === 32 && fence - at < 4) at -= 1;
  return at === from || endsLine(text.charCodeAt(at - 1)) ? at : undefined;
}

export function startOfLine(text: string, position: number, from: number): number {
  let at = position;
  while (at > from && !endsLine(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

export function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && !endsLine(text.charCodeAt(at))) at += 1;
  return at;
}

export function endsWithFence(text: string, fence: number, lineEnd: number, character: string): boolean {
  let at = lineEnd;
  while (at > fence && isSpace(text.charCodeAt(at - 1))) at -= 1;
  return text[at - 1] === character;
}

export function isBareFence(text: string, fence: number, lineEnd: number, character: string): boolean {
  let at = fence;
  while (text[at] === character) at += 1;
  return firstInk(text, at, lineEnd) === lineEnd;
}

export function isColon(code: number): boolean {
  return code === 58;
}
