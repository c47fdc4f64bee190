import { linesOf, withoutEnding } from '../edits/lines-of.ts';
import type { FileName, PackedFile } from '../file-format.ts';
import { extensionOfLanguage, isTalkLanguage, languageOfInfo } from '../names/languages.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';
import { type FencedBlock, rangeWithin } from '../fenced-block.ts';
import { contradicts } from './contradicts.ts';
import { headerPath } from './header-path.ts';
import { holdsFence } from './several-files.ts';

/** The first line within the fence is the path, without comment marks. It is not part of the file. */
export const firstLine = {
  name: 'first-line',
  filesOf(block: FencedBlock, name: FileName | undefined): PackedFile[] | undefined {
    const language = languageOfInfo(block.info);
    if (block.delimiter !== 'fence' || name !== undefined || (block.info !== '' && language === undefined) || isTalkLanguage(language))
      return undefined;
    const found = pathAbove(block.content.slice(0, 2000));
    if (found === undefined || contradicts(language, found.path) || !fits(language, found.path)) return undefined;
    const content = block.content.slice(found.end);
    const [next = ''] = content.trimStart().split(/\r\n|\n|\r/, 1);
    // One path below another is a list of files.
    if (next === '' || pathOf(next) !== undefined || holdsFence(content)) return undefined;
    const range = rangeWithin(block, found.end, block.content.length);
    return [{ path: found.path, change: { kind: 'whole' }, content, range, ...(language === undefined ? {} : { language }) }];
  },
};

function pathAbove(start: string): { path: string; end: number } | undefined {
  let offset = 0;
  let path: string | undefined;
  for (const line of linesOf(start)) {
    const isBlank = line.trim() === '';
    if (path !== undefined && !isBlank) break;
    if (path === undefined && !isBlank) {
      path = pathOf(withoutEnding(line).trim());
      if (path === undefined) return undefined;
    }
    offset += line.length;
  }
  return path === undefined ? undefined : { path, end: offset };
}

function pathOf(line: string): string | undefined {
  if (line.length > 300) return undefined;
  const bare = line.replace(/:$/, '');
  return isPlausiblePath(bare) && !/\s/.test(bare) ? bare : headerPath(line);
}

/** If the block states its language, the name must fit that language; else the line may be code. */
function fits(language: string | undefined, path: string): boolean {
  if (language === undefined) return true;
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
  const own = extensionOfLanguage(language);
  return own === undefined || extension === undefined ? false : extension === own || extensionOfLanguage(extension) === own;
}
