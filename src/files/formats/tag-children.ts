import { tagPrefix } from '../scan/tag-line.ts';

/** The content of a tag within a tag. */
export interface Child {
  text: string;
  /** The position of the text, without a line break right after the opening tag. */
  start: number;
  end: number;
  /** The position after the closing tag and its line break. */
  next: number;
}

/** How far to look: further in, no tag names a file. */
const looked = 4000;

/**
 * The first child of one of these names: `<path>…</path>`, `<parameter name="path">…</parameter>` or `<parameter=path>…</parameter>`. A long one ends with the
 * last of its closing tags, since a file may contain such tags itself, or at the end of the text if the reply was cut off.
 */
export function childOf(text: string, names: readonly string[], length: 'short' | 'long'): Child | undefined {
  const beginning = text.slice(0, looked);
  if (!beginning.includes('<')) return undefined;
  for (const match of beginning.matchAll(openingOf(names))) {
    const start = match.index + match[0].length;
    const name = match[1] ?? match[2] ?? 'parameter';
    const end = endOf(text, name, start, length);
    const value = text.slice(start, end);
    const child = { text: length === 'short' ? value.trim() : value, start, end, next: behind(text, end, name) };
    if (length === 'long') return child;
    // Only other tags and their text may come before it; else it is a line of a file.
    if (end < text.length && value.length < 2000 && !value.includes('<') && isWithinTags(text.slice(0, match.index))) return child;
  }
  return undefined;
}

const prefixes = ['antml:', '', '｜DSML｜', '|DSML|'];
const openings = new WeakMap<readonly string[], RegExp>();

function openingOf(names: readonly string[]): RegExp {
  const opening =
    openings.get(names) ??
    new RegExp(
      `<${tagPrefix}(?:(${names.join('|')})|parameter(?:=|\\s+name=["']?)(?:${names.join('|')})["']?(?:\\s[^<>]{0,100})?|arg_key>\\s{0,20}(?:${names.join('|')})\\s{0,20}</arg_key>\\s{0,20}<(arg_value))>[ \\t]*(\\r\\n|\\n|\\r)?`,
      'gi',
    );
  openings.set(names, opening);
  return opening;
}

function isWithinTags(before: string): boolean {
  return /^\s*(?:\w{1,40}_\w{1,40}\s*)?$/.test(before) || /^\s*(?:\w{1,40}_\w{1,40}\s*)?<[\s\S]*>\s*$/.test(before);
}

function endOf(text: string, name: string, start: number, length: 'short' | 'long'): number {
  for (const prefix of prefixes) {
    const closing = `</${prefix}${name}>`;
    const last = length === 'long' && name !== 'parameter' && name !== 'arg_value';
    const found = last ? text.lastIndexOf(closing) : text.indexOf(closing, start);
    if (found < start) continue;
    // White space before a closing tag on a line of its own belongs to that line.
    const lineStart = Math.max(text.lastIndexOf('\n', found - 1), text.lastIndexOf('\r', found - 1)) + 1;
    return lineStart > start && text.slice(lineStart, found).trim() === '' ? lineStart : found;
  }
  return text.length;
}

function behind(text: string, end: number, name: string): number {
  const closing = new RegExp(`^[ \\t]*</${tagPrefix}${name}>[ \\t]*(?:\\r\\n|\\n|\\r)?`).exec(text.slice(end, end + 200));
  return end + (closing?.[0].length ?? 0);
}
