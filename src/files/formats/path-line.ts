import type { FenceOpening } from '../scan/fenced-block.ts';
import { languageOfInfo } from '../names/languages.ts';
import { claimedPath } from './claimed-path.ts';
import { contradicts } from './contradicts.ts';

/** The line before the fence is nothing but a path: `src/app.py`, with a colon, in backticks or bold, also as a list's item. */
export const pathLine = {
  name: 'path-line',
  nameOf: ({ info, leading }: FenceOpening) => {
    const line = leading.at(-1)?.replace(/^(?:[-*+]|\d{1,3}[.)])\s+/, '');
    if (line === undefined || !/^\*\*.+\*\*:?$|^`[^`]+`.{0,40}$|:$|^\S+$/.test(line)) return undefined;
    const path = claimedPath(line.replace(/\*\*:?$/, ''));
    const language = languageOfInfo(info);
    return path === undefined || contradicts(language, path) ? undefined : { path, language };
  },
};
