import { linesOf } from './lines-of.ts';
import type { OutputLimits } from './output-limits.ts';

/** Longer runs of characters are no words, and no secrets. In bytes. */
const longestWord = 1000;
const lineFeed = 0x0a;
const space = 0x20;

/** A last line without a line feed counts. */
export function countLines(text: string): number {
  return linesOf(text).length;
}

/** The beginning of a text within limits: whole lines if there is one, else whole characters. */
export function firstWithin(text: string, { lines, bytes }: OutputLimits): string {
  const all = Buffer.from(linesOf(text).slice(0, lines).join(''));
  const kept = all.subarray(0, characterAt(all, Math.min(bytes, all.length))).toString('utf8');
  return kept.slice(0, kept.lastIndexOf('\n') + 1) || kept;
}

/** The end of a text within limits: whole lines if there is one, else whole characters. */
export function lastWithin(text: string, { lines, bytes }: OutputLimits): string {
  const all = Buffer.from(lines === 0 ? '' : linesOf(text).slice(-lines).join(''));
  const from = all.length <= bytes ? 0 : characterAfter(all, all.length - bytes);
  const kept = all.subarray(from).toString('utf8');
  const isAtLine = from === 0 || all[from - 1] === lineFeed;
  const next = isAtLine ? 0 : kept.indexOf('\n') + 1;
  return next === kept.length ? kept : kept.slice(next);
}

/** Without the part of a word, or at least of a character, at the end. */
export function wholeWordsAtEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes.length - end < longestWord && bytes[end - 1]! > space) end -= 1;
  return bytes.subarray(0, end === 0 || bytes[end - 1]! > space ? characterAt(bytes, bytes.length, 'may be cut') : end);
}

/** Without the part of a word, or at least of a character, at the start. */
export function wholeWordsAtStart(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length && start < longestWord && bytes[start]! > space) start += 1;
  if (start === bytes.length || bytes[start]! > space) return bytes.subarray(characterAfter(bytes, 0));
  return bytes.subarray(bytes[start] === lineFeed ? start + 1 : start);
}

/** The last position up to this one at which a character begins. @param end `may be cut`: the last character of the bytes may lack its end. */
function characterAt(bytes: Buffer, at: number, end: 'is whole' | 'may be cut' = 'is whole'): number {
  if (at === bytes.length && end === 'is whole') return at;
  let start = at === bytes.length ? at - 1 : at;
  // No character has more than four bytes.
  for (let steps = 0; steps < 3 && start > 0 && isContinuation(bytes[start]); steps += 1) start -= 1;
  if (at < bytes.length) return isContinuation(bytes[start]) ? at : start;
  return start + lengthOfCharacter(bytes[start]) > at ? start : at;
}

/** The first position from this one on at which a character begins. */
function characterAfter(bytes: Buffer, at: number): number {
  let start = at;
  while (start < bytes.length && start < at + 3 && isContinuation(bytes[start])) start += 1;
  return start;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function lengthOfCharacter(first: number | undefined): number {
  if (first === undefined || first < 0xc0) return 1;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}
