import { folderOf } from './languages/project-paths.ts';
import type { MappedFile, ProjectMap } from './project-map.ts';
import { wordsOf } from './words-of.ts';

export interface RankedFile {
  readonly path: string;
  /** 0: nothing speaks for it. */
  readonly score: number;
}

/** How much each way counts in which a requirement can speak of a file. Chosen by `npm run bench:map-relevance`. */
const weights = {
  path: 100,
  fileName: 50,
  /** A name of code, written as such: `readFile`, `read_file`. */
  codeName: 10,
  /** For each word, times how rare the word is. */
  wordInFileName: 2,
  wordInFolder: 1,
  wordInNames: 1.5,
  /** Words in tests and in files without code, unless the requirement is about such: they follow the code, and share its words. */
  beside: 0.35,
  /** Of the best file that imports it, or that it imports. */
  neighbour: 0.5,
};

const testPath = /(?:^|\/)(?:tests?|specs?|__tests__)\/|[._-](?:test|spec)\./;
const besides = wordsOf('test spec documentation docs document readme changelog page');

/**
 * Which files a requirement is about: those that it mentions by path, file name or a name that they export, those whose names share words with it, and then
 * their neighbours by imports. The best first; equals in path order.
 */
export function rankFiles({ files }: ProjectMap, requirement: string): RankedFile[] {
  const words = [...wordsOf(requirement)];
  const wordsIn = remembered();
  const matches = files.map((file) => matchOf(file, words, wordsIn));
  const rarity = words.map((_, word) => {
    const count = matches.reduce((sum, match) => sum + (match[word] === 0 ? 0 : 1), 0);
    return Math.log(1 + (files.length - count + 0.5) / (count + 0.5));
  });
  const mentioned = mentionsIn(files, requirement);
  const beside = words.some((word) => besides.has(word)) ? 1 : weights.beside;
  const own = files.map(({ path, names }, index) => {
    const shared = rarity.reduce((sum, rare, word) => sum + rare * matches[index]![word]!, 0);
    return shared * (names.length === 0 || testPath.test(path) ? beside : 1) + (mentioned.get(path) ?? 0);
  });
  const scores = withNeighbours(files, own);
  return files
    .map(({ path }, index) => ({ path, score: Math.round(scores[index]! * 1000) / 1000 }))
    .toSorted((one, other) => other.score - one.score || (one.path < other.path ? -1 : 1));
}

type WordsIn = (name: string) => ReadonlySet<string>;

/** For each word of the requirement, how strongly the file's path and names have it. */
function matchOf({ path, names }: MappedFile, words: readonly string[], wordsIn: WordsIn): number[] {
  const folder = folderOf(path);
  const lines = `${path.slice(folder.length)}\n${folder}\n${names.join('\n')}`;
  const lower = lines.toLowerCase();
  // A letter that becomes two would move what follows.
  const shown = lower.length === lines.length ? lines : lower;
  return words.map((word) => strengthIn({ lower, shown }, word, wordsIn));
}

/** Most files have a word nowhere, and splitting names takes longest: only those are split in which its letters stand. */
function strengthIn({ lower, shown }: { lower: string; shown: string }, word: string, wordsIn: WordsIn): number {
  let strength = 0;
  for (let at = lower.indexOf(word); at !== -1;) {
    const start = lower.lastIndexOf('\n', at) + 1;
    const found = lower.indexOf('\n', at);
    const end = found === -1 ? lower.length : found;
    if (wordsIn(shown.slice(start, end)).has(word)) {
      if (start > 0 && lower.lastIndexOf('\n', start - 2) !== -1) return strength + weights.wordInNames;
      strength += start === 0 ? weights.wordInFileName : weights.wordInFolder;
    }
    at = lower.indexOf(word, end);
  }
  return strength;
}

/** Files have names in common. */
function remembered(): WordsIn {
  const known = new Map<string, ReadonlySet<string>>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const words = wordsOf(name);
    known.set(name, words);
    return words;
  };
}

function mentionsIn(files: readonly MappedFile[], requirement: string): Map<string, number> {
  const texts = new Set(requirement.match(/[\w@$./-]{3,300}/g)?.map((text) => text.replace(/^\.\//, '').replace(/[.,]$/, '')));
  const names = new Set([...texts].flatMap((text) => text.split(/[./]/)).filter((text) => /[a-z][A-Z]|\w_\w|[A-Z]{2}[a-z]/.test(text)));
  const fileNames = new Map<string, number>();
  for (const { path } of files) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    fileNames.set(name, (fileNames.get(name) ?? 0) + 1);
  }
  const mentioned = new Map<string, number>();
  for (const file of files) {
    const { path } = file;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const byPath = texts.has(path) ? weights.path : 0;
    // Of a name that many files have, none is meant in particular.
    const byName = name.includes('.') && texts.has(name) ? weights.fileName / fileNames.get(name)! : 0;
    const byCode = names.size === 0 ? 0 : file.names.reduce((sum, one) => sum + (names.has(one) ? weights.codeName : 0), 0);
    if (byPath + byName + byCode > 0) mentioned.set(path, byPath + byName + byCode);
  }
  return mentioned;
}

function withNeighbours(files: readonly MappedFile[], own: readonly number[]): number[] {
  const at = new Map(files.map(({ path }, index) => [path, index]));
  const best = own.map(() => 0);
  for (const [index, { imports }] of files.entries()) {
    for (const path of imports) {
      const target = at.get(path);
      if (target === undefined) continue;
      best[target] = Math.max(best[target]!, own[index]!);
      best[index] = Math.max(best[index]!, own[target]!);
    }
  }
  return own.map((score, index) => score + weights.neighbour * best[index]!);
}
