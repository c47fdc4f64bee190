import { extensionOfLanguage, isLanguage, isShellLanguage, isTalkLanguage, languageExtensions, words } from '../names/languages.ts';

const styleLanguages = new Set(['css', 'scss', 'sass', 'less']);
/** Settings files, which models like to put into shell blocks because they look similar. */
const looseExtensions = new Set(['env', 'ini', 'cfg', 'conf', 'properties', 'toml', 'csv']);
/** Extensions that are also words in code, as in `user.service`. A name without a folder that ends like this is not a file of a programming language. */
const wordsOfCode = new Set(words('service config key lock sample template example desktop dat log rules spec robot'));
/** Languages of data, documents or pages, whatever the file's name. */
const looseLanguages = new Set(
  words('json jsonl yaml toml ini xml html svg md mdx mmd csv env properties conf rst tex j2 sh bat ps1 fish txt sql graphql proto tf'),
);

/** Languages whose files are often put into each other's blocks. */
const families: readonly ReadonlySet<string>[] = [
  new Set(['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts', 'vue', 'svelte', 'astro']),
  new Set(['c', 'h', 'cpp', 'hpp', 'cc', 'm', 'cu', 'ino']),
  new Set(['css', 'scss', 'sass', 'less']),
  new Set(['java', 'kt', 'scala', 'groovy', 'gradle']),
];

/**
 * Whether a block cannot be the file that the text above it seems to name: commands to run `src/app.py`, or its output, under the heading `src/app.py`; a rule
 * for `.button` under the heading `.button`; code in another language.
 */
export function contradicts(language: string | undefined, path: string): boolean {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
  // A diff of the file counts as the file.
  if (language === 'diff' || language === 'patch' || language === 'udiff') return false;
  if (isShellLanguage(language) || isTalkLanguage(language)) return extension !== undefined && isOfOtherLanguage(extension);
  if (language !== undefined && styleLanguages.has(language) && /^\.[\w-]+$/.test(path)) return true;
  return isOtherCode(language, extension, path);
}

function isOfOtherLanguage(extension: string): boolean {
  return languageExtensions.has(extension) && !isShellLanguage(extension) && !looseExtensions.has(extension);
}

function isOtherCode(language: string | undefined, extension: string | undefined, path: string): boolean {
  const own = extensionOfLanguage(language);
  if (own === undefined || extension === undefined || looseLanguages.has(own)) return false;
  if (wordsOfCode.has(extension) && /^\w+\.\w+$/.test(path)) return true;
  const other = extensionOfLanguage(extension) ?? extension;
  if (other === own || !isLanguage(extension) || looseLanguages.has(other) || looseExtensions.has(extension)) return false;
  return !families.some((family) => family.has(own) && family.has(extension));
}
