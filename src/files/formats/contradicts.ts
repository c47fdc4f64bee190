import { isShellLanguage, isTalkLanguage, languageExtensions } from '../names/languages.ts';

const styleLanguages = new Set(['css', 'scss', 'sass', 'less']);
/** Settings, which models like to put into shell blocks because they are written alike. */
const looseExtensions = new Set(['env', 'ini', 'cfg', 'conf', 'properties', 'toml', 'csv']);

/**
 * Whether a block cannot be the file that the text above it only seems to name: commands to run `src/app.py`, or its output, under the heading
 * `src/app.py`; a rule for `.button` under the heading `.button`.
 */
export function contradicts(language: string | undefined, path: string): boolean {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
  // A diff of the file is the file, in a way.
  if (language === 'diff' || language === 'patch' || language === 'udiff') return false;
  if (isShellLanguage(language) || isTalkLanguage(language)) return extension !== undefined && isOfOtherLanguage(extension);
  return language !== undefined && styleLanguages.has(language) && /^\.[\w-]+$/.test(path);
}

function isOfOtherLanguage(extension: string): boolean {
  return languageExtensions.has(extension) && !isShellLanguage(extension) && !looseExtensions.has(extension);
}
