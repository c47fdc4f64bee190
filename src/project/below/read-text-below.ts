import { posix } from 'node:path';
import { unreadableReason } from '../../utils/describe-error.ts';
import { readRegularFile } from '../../utils/read-regular-file.ts';
import { openBelow } from './open-below.ts';

export type TextBelow =
  /** As a model may see it: UTF-8, line feeds, nothing that is hidden from a person. */
  | { kind: 'text'; text: string }
  | { kind: 'missing' }
  /** `reason` ends a sentence. */
  | { kind: 'unfit'; reason: string };

/**
 * Reads a text file of a project, which may come from elsewhere: no link is followed, neither to the file nor on the way from `root` to it, and the file is
 * read in the folders that were opened on that way, whatever somebody puts in their place meanwhile.
 * @param path Relative to `root`, with `/`.
 * @param mostBytes A larger file is unfit.
 */
export function readTextBelow(root: string, path: string, mostBytes: number): TextBelow {
  try {
    using folder = openBelow(root, posix.dirname(path) === '.' ? '' : posix.dirname(path));
    if (folder === undefined) return { kind: 'unfit', reason: 'it is reached through a link' };
    const bytes = readRegularFile(folder.entry(posix.basename(path)), mostBytes, 'refuse links');
    if (bytes.includes(0)) return { kind: 'unfit', reason: 'it is not a text file' };
    return { kind: 'text', text: withoutHidden(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    return { kind: 'unfit', reason: error instanceof TypeError ? 'it is not UTF-8 text' : unreadableReason(error) };
  }
}

/** Control characters, and those that are invisible or reverse the order of what is read: a person who looks at the file does not see what they hide. */
const hidden =
  /[^\P{Cc}\n\t]|[\u{AD}\u{61C}\u{200B}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2060}-\u{206F}\u{FEFF}\u{FFF9}-\u{FFFB}\u{E0000}-\u{E0FFF}]/gu;

function withoutHidden(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(hidden, '');
}
