import { realpathSync } from 'node:fs';
import { unreadableReason } from '../../utils/describe-error.ts';
import { formatBytes } from '../../utils/format-bytes.ts';
import { FolderReader, type NothingToRead } from './folder-reader.ts';

export type TextBelow =
  /** As a model may see it: UTF-8, line feeds, nothing that is hidden from a person. */
  | { kind: 'text'; text: string }
  | { kind: 'missing' }
  /** `reason` ends a sentence. */
  | { kind: 'unfit'; reason: string };

/**
 * Reads a text file of a project, which may come from elsewhere: no link is followed, neither to the file nor on the way from `root` to it, and the file is
 * read in the folders that were opened on that way, whatever somebody puts in their place meanwhile.
 * @param root May itself be reached through links. @param path Relative to `root`, with `/`.
 * @param mostBytes A larger file is unfit.
 */
export function readTextBelow(root: string, path: string, mostBytes: number): TextBelow {
  try {
    using reader = new FolderReader(realpathSync(root), mostBytes);
    const found = reader.read(path);
    if (found.kind === 'gone') return { kind: 'missing' };
    return found.kind === 'read' ? textOf(found.bytes) : { kind: 'unfit', reason: reasonOf(found, mostBytes) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    return { kind: 'unfit', reason: unreadableReason(error) };
  }
}

function textOf(bytes: Uint8Array): TextBelow {
  if (bytes.includes(0)) return { kind: 'unfit', reason: 'it is not a text file' };
  try {
    return { kind: 'text', text: withoutHidden(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return { kind: 'unfit', reason: 'it is not UTF-8 text' };
  }
}

const reasons = {
  link: 'it is a link',
  behind_link: 'it is reached through a link',
  folder: 'it is a folder',
  gone: 'there is no such file',
} as const;

function reasonOf(found: NothingToRead, mostBytes: number): string {
  if (found.kind === 'unreadable') return found.reason;
  return found.kind === 'huge' ? `it is larger than ${formatBytes(mostBytes)}` : reasons[found.kind];
}

/** Control characters, and those that are invisible or reverse the order of what is read: a person who looks at the file does not see what they hide. */
const hidden =
  /[^\P{Cc}\n\t]|[\u{AD}\u{61C}\u{200B}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2060}-\u{206F}\u{FEFF}\u{FFF9}-\u{FFFB}\u{E0000}-\u{E0FFF}]/gu;

function withoutHidden(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(hidden, '');
}
