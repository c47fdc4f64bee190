import { type FencedBlock, rangeWithin } from '../fenced-block.ts';
import type { FileChange, FileName, PackedFile } from '../file-format.ts';
import { isTalkLanguage } from '../names/languages.ts';
import { parseEdits, type ParsedEdit } from './parse-edits.ts';

/**
 * `<<<<<<< CURRENT`, the current lines, `=======`, the new lines, `>>>>>>> NEW`; also `SEARCH` and `REPLACE` and the like. The file is named like that of any
 * block, by a line above the edit within the block, or it is that of the previous edit.
 */
export const editBlock = {
  name: 'edit-block',
  filesOf(block: FencedBlock, name: FileName | undefined): PackedFile[] | undefined {
    const edits = parseEdits(block.content, name?.path);
    return edits?.map((edit) => ({
      // An edit without its beginning may be anything, so it must not affect another one.
      path: edit.path ?? (edit.lacks === 'start' ? '' : (name?.path ?? '')),
      ...(name?.language === undefined || isTalkLanguage(name.language) ? {} : { language: name.language }),
      change: changeOf(edit),
      content: block.content.slice(edit.start, edit.end),
      range: rangeWithin(block, edit.start, edit.end),
    }));
  },
};

function changeOf({ before, after, lacks }: ParsedEdit): FileChange {
  switch (lacks) {
    case undefined:
      return { kind: 'edit', before, after };
    case 'start':
      return { kind: 'unreadable', reason: 'The edit has no beginning: its first marker is missing.' };
    case 'separator':
      return { kind: 'unreadable', reason: "The edit has no line of '=======' between what stands there and what is to stand there." };
    default:
      return { kind: 'unreadable', reason: 'The edit has no end: the text after it may be missing.' };
  }
}
