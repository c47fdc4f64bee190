import { claimedPath } from '../names/claimed-path.ts';
import { headerPath } from '../formats/header-path.ts';
import type { FencedBlock } from '../fenced-block.ts';
import { isTalkLanguage, languageOfInfo } from '../names/languages.ts';
import { plainLine, withoutLead } from '../names/plain-line.ts';

interface NamedBlock {
  block: FencedBlock;
  /** Undefined if the block names no file. */
  files: readonly unknown[] | undefined;
}

/**
 * Handles names that are not right above their block: in a fence of their own, or above a block that only shows how the file is used. They are put above the
 * next block without a name, which is then read again.
 */
export function carryNames<Found extends NamedBlock>(found: readonly Found[], read: (block: FencedBlock) => Found): Found[] {
  let carried: string | undefined;
  return found.map((one) => {
    if (one.files !== undefined) {
      carried = undefined;
      return one;
    }
    const own = nameAlone(one.block);
    if (own !== undefined) {
      carried = own;
      return { ...one, files: [] };
    }
    if (carried !== undefined && one.block.leading.length < 4) {
      const again = read({ ...one.block, leading: [carried, ...one.block.leading] });
      if (again.files !== undefined) {
        carried = undefined;
        return again;
      }
    }
    carried = nameAbove(one.block) ?? carried;
    return one;
  });
}

/** The path in a fence that contains nothing else: it names what follows. */
function nameAlone({ delimiter, info, content }: FencedBlock): string | undefined {
  if (delimiter !== 'fence' || content.length > 500 || (info !== '' && !isTalkLanguage(languageOfInfo(info)))) return undefined;
  const line = content.trim();
  const path = line === '' || /[\r\n]/.test(line) ? undefined : (claimedPath(line.replace(/:$/, '')) ?? headerPath(line));
  return path === undefined ? undefined : `\`${path}\``;
}

/** The path in a heading, or in a line in bold or backticks. */
function nameAbove({ leading }: FencedBlock): string | undefined {
  return leading.findLast(
    (line) => /^(?:#{1,6}\s|\*\*|`)/.test(line) && line.length < 300 && claimedPath(withoutLead(plainLine(line))) !== undefined,
  );
}
