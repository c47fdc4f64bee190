import { fileKindOf, type FileKind } from './file-kind.ts';

/** A mention of a file in a text. */
export interface FileMention {
  path: string;
  kind: FileKind;
  /** Its position in the text. */
  at: number;
  /** `sample`: in an indented or fenced line, as texts show commands, data and output. */
  place: 'prose' | 'sample';
  /** The words before it in its line, in lower case. */
  before: string;
}

/** Nobody would type a longer file name. */
const longestName = 200;
const wordsLookedAt = 80;

/** Every mention of a file in a text, in order. Linear in the text. */
export function fileMentions(text: string): FileMention[] {
  const mentions: FileMention[] = [];
  let at = 0;
  let fenced = false;
  for (const line of text.split('\n')) {
    const isFence = /^\s{0,3}(?:```|~~~)/.test(line);
    if (isFence) fenced = !fenced;
    const place = fenced || isFence || /^(?: {4}|\t)/.test(line) ? 'sample' : 'prose';
    for (const { 0: word, index } of line.matchAll(/[\w@./-]+/g)) {
      const path = pathOf(word, line, index);
      const kind = path === undefined ? undefined : fileKindOf(path);
      if (path === undefined || kind === undefined) continue;
      mentions.push({ path, kind, at: at + index, place, before: line.slice(Math.max(0, index - wordsLookedAt), index).toLowerCase() });
    }
    at += line.length + 1;
  }
  return mentions;
}

/** The file that a word names, without a full stop or `./`. Undefined for addresses and for products such as Node.js. */
function pathOf(word: string, line: string, index: number): string | undefined {
  if (word.length > longestName || line.slice(Math.max(0, index - 3), index).endsWith('://') || line[index - 1] === ':') return undefined;
  const path = word.replace(/[./-]{1,3}$/, '').replace(/^(?:\.\/)+/, '');
  if (path.startsWith('/') || path.startsWith('.') || path.includes('..') || path.includes('//')) return undefined;
  const quoted = /[`'"]/.test(line[index - 1] ?? '');
  return !quoted && /^[A-Z][A-Za-z0-9]*\.js$/.test(path) ? undefined : path;
}
