import type { FenceOpening } from '../fenced-block.ts';
import { isLanguage } from '../languages.ts';
import { isPlausiblePath } from '../plausible-path.ts';

/** The info string is the path: `src/app.py`. */
export const infoPath = {
  name: 'info-path',
  nameOf: ({ info }: FenceOpening) => (!isLanguage(info) && isPlausiblePath(info) ? { path: info } : undefined),
};
