/** The shape of a line without its numbers, and the numbers by themselves. */
export interface LineShape {
  /** The hash of everything but the numbers. The number of repeated signs and the width of a gap count as numbers. */
  hash: number;
  numbers: readonly number[];
  /** The kinds of its words and signs in order. A quotation, inline code and a word each are one of a kind, whatever they say. */
  kinds: number;
  /** The content of these words and signs. */
  said: readonly number[];
  words: number;
  characters: number;
  /** `data`: rows of a table and the content of files repeat themselves for good reasons. */
  place: 'prose' | 'data';
}

/** How many characters are examined closely; the rest is only compared for equality. */
const lookedAt = 600;

const parts = /(\p{L}+)|(\d+)|(\s+)|([^\p{L}\d\s])\4*/gu;
const visible = /`[^`]*`|"[^"]*"|(\p{L}+)|(\d+)|[^\p{L}\d\s]/gu;

/** The shape of a line without its line break. */
export function lineShape(line: string, place: LineShape['place']): LineShape {
  const numbers: number[] = [];
  let hash = hashOf(line.slice(lookedAt), 7);
  let words = 0;
  const head = line.slice(0, lookedAt);
  for (const [part, word, digits, gap, sign] of head.matchAll(parts)) {
    if (digits !== undefined && digits.length <= 15) {
      hash = mix(hash, 1);
      numbers.push(Number(digits));
    } else if (word === undefined && digits === undefined) {
      hash = gap === undefined ? hashOf(sign ?? '', mix(hash, 2)) : mix(hash, 3);
      numbers.push(part.length);
    } else {
      hash = hashOf(part, mix(hash, 4));
      words += 1;
    }
  }
  return { hash, numbers, ...sayings(head, place), words, characters: line.length + 1, place };
}

/** Only asked for in prose. */
function sayings(head: string, place: LineShape['place']): Pick<LineShape, 'kinds' | 'said'> {
  const said: number[] = [];
  let kinds = 5;
  if (place === 'data') return { kinds, said };
  for (const [part, word, digits] of head.matchAll(visible)) {
    kinds =
      word !== undefined ? mix(kinds, 1) : digits !== undefined ? mix(kinds, 2) : part.length > 1 ? mix(kinds, 3) : hashOf(part, kinds);
    // Words are even and other parts odd, so that they never look the same.
    said.push(word === undefined ? hashOf(part, 11) | 1 : hashOf(part, 11) & ~1);
  }
  return { kinds, said };
}

function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = mix(hash, text.charCodeAt(at));
  return hash;
}

function mix(hash: number, value: number): number {
  return Math.imul(hash ^ value, 16_777_619) ^ (hash >>> 15);
}
