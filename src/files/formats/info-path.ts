import type { FenceOpening } from '../fenced-block.ts';
import { isLanguage } from '../names/languages.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';

/** The info string is the path: `src/app.py`. */
export const infoPath = {
  name: 'info-path',
  nameOf: ({ info }: FenceOpening) =>
    !isLanguage(info) && !beginsWithLanguage(info) && !isAttribute.test(info) && isPlausiblePath(info) ? { path: info } : undefined,
};

const isAttribute = /^(?:file|file_?name|file_?path|path|title|name|src|source|target|output|location)=/i;

function beginsWithLanguage(info: string): boolean {
  const word = /^([^\s;|,]{1,40})[\s;|,]/.exec(info)?.[1];
  return word !== undefined && isLanguage(word);
}
