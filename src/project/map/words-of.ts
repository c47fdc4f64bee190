/** Words that say nothing about which file is meant. */
const empty = new Set(
  (
    'a about after all also an and any are as at be been before but by can could do does done each else every for from get gets give has have how if in into is it its ' +
    'just like make makes may more most must new no not now of on one only or other our out over own set should so some such than that the their them then there ' +
    'these they this those to too two under up use used uses using want was way we were what when where which while who will with without would you your'
  ).split(' '),
);

const mostCharacters = 100_000;

/**
 * The words of a text or a name, as they are compared: in lower case, names split (`readFile`, `read_file`), without endings such as a plural's, each once.
 * Words in scripts without letter case count, too.
 */
export function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const part of text.slice(0, mostCharacters).split(/[^\p{L}\p{N}]/u)) {
    if (part === '') continue;
    const pieces = part
      .replaceAll(/\p{Ll}(?=\p{Lu})|\p{N}(?=\p{L})/gu, '$& ')
      .replaceAll(/\p{Lu}(?=\p{Lu}\p{Ll})/gu, '$& ')
      .toLowerCase()
      .split(' ');
    for (const piece of pieces) {
      if (piece.length > 1 && piece.length <= 40 && !empty.has(piece)) words.add(stemOf(piece));
    }
  }
  return words;
}

/** Without the usual endings of English words, roughly: it is enough that forms of one word become the same. */
function stemOf(word: string): string {
  const stem = word.replace(/(?:ies|ied|ing|ed|es|er|ers|or|s|y|e)$/, '');
  return stem.length >= 3 ? stem : word;
}
