import type { FenceOpening } from '../fenced-block.ts';
import { announcesUse } from '../names/announcements.ts';
import { languageOfInfo } from '../names/languages.ts';
import { isRule, plainLine, withoutLead } from '../names/plain-line.ts';
import { claimedPath } from '../names/claimed-path.ts';
import { contradicts } from './contradicts.ts';

/**
 * The line before the fence is only a path: `src/app.py`, with a colon, in backticks or bold, also as a list item. A sentence about the file may come between
 * them if the path is set off.
 */
export const pathLine = {
  name: 'path-line',
  nameOf: ({ info, leading }: FenceOpening) => {
    const path = pathOf(leading);
    const language = languageOfInfo(info);
    return path === undefined || contradicts(language, path) ? undefined : { path, language };
  },
};

const isItem = /^(?:[-*+•]|\d{1,3}[.)])\s/;

function pathOf(leading: readonly string[]): string | undefined {
  for (let index = leading.length - 1; index >= 0; index -= 1) {
    const line = leading[index]!;
    if (isRule(line)) continue;
    if (line.length > 1000) return undefined;
    const plain = onlyRow(line, leading[index - 1]) ?? plainLine(line);
    const path = claimedPath(withoutLead(plain));
    if (path !== undefined) {
      // An item of a list of files says what there is, not what follows.
      const above = leading[index - 1];
      const isListed =
        isItem.test(line) && above !== undefined && isItem.test(above) && claimedPath(withoutLead(plainLine(above))) !== undefined;
      return isListed || announcesUse(withoutName(plain, path)) ? undefined : path;
    }
    if (index === leading.length - 1 && !isProse(plain)) return undefined;
    if (index < leading.length - 1 || announcesUse(plain)) return undefined;
    // Only a line that consists of a name in bold or in backticks may be separated by a sentence.
    if (!/^(?:\*\*|`|__)[^*`]{1,300}(?:\*\*|`|__):?$/.test(withoutLead(leading[index - 1] ?? ''))) return undefined;
  }
  return undefined;
}

/** The first cell of the only row of a table. */
function onlyRow(line: string, above: string | undefined): string | undefined {
  if (above === undefined || above.length > 300 || !/^\|?(?: ?:?-{2,60}:? ?\|?){1,20}$/.test(above)) return undefined;
  return /^\| ?([^|]{1,300})\|.{0,600}\|$/.exec(line)?.[1];
}

function withoutName(line: string, path: string): string {
  return line.replace(path, '');
}

function isProse(line: string): boolean {
  return /^[\p{L}"'`*_].*\s/u.test(line) && !/`[^`./]*[./][^`]*`/.test(line);
}
