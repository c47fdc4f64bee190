import type { FenceOpening } from '../fenced-block.ts';
import { announcesUse } from '../names/announcements.ts';
import { languageOfInfo } from '../names/languages.ts';
import { isRule, plainLine, withoutLead } from '../names/plain-line.ts';
import { claimedPath } from '../names/claimed-path.ts';
import { contradicts } from './contradicts.ts';
import { trimEndOf } from '../../utils/trim-end-of.ts';

const heading = /^(?:#{1,6}\s|<h[1-6]\b)/i;

/**
 * The nearest heading is a path: `## src/app.py`, `### 1. \`src/app.py\`:`. A sentence about the file may come between heading and fence, but not one that
 * announces its usage.
 */
export const pathHeading = {
  name: 'path-heading',
  nameOf: ({ info, leading }: FenceOpening) => {
    const path = pathOfHeading(leading);
    const language = languageOfInfo(info);
    return path === undefined || contradicts(language, path) || showsUse(leading) ? undefined : { path, language };
  },
};

/** The path, if the nearest heading is one, whatever is between it and the block. */
export function pathOfHeading(leading: readonly string[]): string | undefined {
  const index = leading.findLastIndex((line, at) => heading.test(line) || (at + 1 < leading.length && isUnderline(leading[at + 1]!)));
  if (index === -1) return undefined;
  const line = leading[index]!;
  return line.length > 1000 ? undefined : claimedPath(withoutLead(withoutClosingMarks(plainLine(line))));
}

/** `src/app.py ##` is a heading with closing marks; `notes#` is a name. */
function withoutClosingMarks(title: string): string {
  const rest = trimEndOf(title, /#/);
  return /\s$/.test(rest) ? rest.trimEnd() : title;
}

function showsUse(leading: readonly string[]): boolean {
  const line = leading.findLast((text) => !isRule(text));
  return (
    line !== undefined &&
    !heading.test(line) &&
    pathOfHeading([line]) === undefined &&
    announcesUse(plainLine(line)) &&
    /:\**$/.test(plainLine(line))
  );
}

function isUnderline(line: string): boolean {
  return /^(?:-{3,300}|={2,300})$/.test(line);
}
