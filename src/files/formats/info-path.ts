import type { FenceOpening } from '../scan/fenced-block.ts';
import { isLanguage } from '../names/languages.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';

/** The info string is the path: `src/app.py`. */
export const infoPath = {
  name: 'info-path',
  nameOf: ({ info }: FenceOpening) => (!isLanguage(info) && isPlausiblePath(info) ? { path: info } : undefined),
};
