import type { FenceOpening } from '../fenced-block.ts';
import { isLanguage } from '../names/languages.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';

/** The info string `python src/app.py`: a known language, then only a path. */
export const languageAndPath = {
  name: 'language-and-path',
  nameOf: ({ info }: FenceOpening) => {
    const [language = '', path = '', ...others] = info.split(/\s+/, 3);
    return others.length === 0 && isLanguage(language) && isPlausiblePath(path) ? { path, language: language.toLowerCase() } : undefined;
  },
};
