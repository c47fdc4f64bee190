import type { FileName, PackedFile } from '../file-format.ts';
import { linesOf, withoutEnding } from '../edits/lines-of.ts';
import { type FencedBlock, rangeWithin } from '../fenced-block.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';
import { languageOfInfo } from '../names/languages.ts';

const line = /^(?:DELETE|REMOVE)(?: FILE)?:? +`?([^\s`]{1,300})`?$/;
const plainLanguages = new Set(['text', 'txt', 'plaintext']);

/** `DELETE src/old.py` in a block that says nothing else: the same line in a program or in prose does not count. */
export const deleteLines = {
  name: 'delete-lines',
  filesOf(block: FencedBlock, name: FileName | undefined): PackedFile[] | undefined {
    const language = languageOfInfo(block.info);
    if (name !== undefined || !block.closed || block.content.length > 20_000) return undefined;
    if (language !== undefined && !plainLanguages.has(language)) return undefined;
    const files: PackedFile[] = [];
    let offset = 0;
    for (const text of linesOf(block.content)) {
      const bare = withoutEnding(text).trim();
      const path = line.exec(bare)?.[1];
      if (bare !== '' && (path === undefined || !isPlausiblePath(path) || !path.includes('.'))) return undefined;
      if (path !== undefined)
        files.push({ path, change: { kind: 'delete' }, content: text, range: rangeWithin(block, offset, offset + text.length) });
      offset += text.length;
    }
    return files.length === 0 ? undefined : files;
  },
};
