import type { FenceOpening } from '../scan/fenced-block.ts';
import { languageOfInfo } from '../names/languages.ts';
import { claimedPath } from './claimed-path.ts';
import { contradicts } from './contradicts.ts';
import { trimEndOf } from '../../utils/trim-end-of.ts';

/** The nearest heading is a path: `## src/app.py`, `### 1. \`src/app.py\`:`. A sentence about the file may come between heading and fence. */
export const pathHeading = {
  name: 'path-heading',
  nameOf: ({ info, leading }: FenceOpening) => {
    const heading = leading.findLast((line) => /^#{1,6}\s/.test(line));
    if (heading === undefined) return undefined;
    const title = withoutClosingMarks(
      heading.replace(/^#{1,6}\s+/, '').replace(/^[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F\u200D]+\s+/u, ''),
    ).replace(/^(?:step\s+)?\d{1,3}(?:\.\d{1,3})*[.):]\s+/i, '');
    const path = claimedPath(title);
    const language = languageOfInfo(info);
    return path === undefined || contradicts(language, path) ? undefined : { path, language };
  },
};

/** `src/app.py ##` is a heading that is closed as it was opened; `notes#` is a name. */
function withoutClosingMarks(title: string): string {
  const rest = trimEndOf(title, /#/);
  return /\s$/.test(rest) ? rest.trimEnd() : title;
}
