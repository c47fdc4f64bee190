import { isElision } from './elision.ts';
import { shownName } from '../utils/printable.ts';

/** Why a content is refused: it contains half of a character or NUL, leaves a part out, or would remove most of the file. */
export type ContentRefusalReason = 'broken_text' | 'binary' | 'elided' | 'shrinks';

export interface ContentRefusal {
  reason: ContentRefusalReason;
  message: string;
}

export interface ContentToCheck {
  path: string;
  content: string;
  /** The current content. Undefined if there is none, or only an earlier try of the same task. */
  existing: string | undefined;
}

/** Files smaller than this may change in any way; larger ones must keep more than this share of their characters. */
const smallFile = 1000;
const leastPart = 0.2;

/** Judges a whole file that is about to be written. */
export function checkContent({ path, content, existing }: ContentToCheck): ContentRefusal | undefined {
  if (!content.isWellFormed())
    return {
      reason: 'broken_text',
      message: `The block for '${shownName(path)}' holds half of a character; it cannot be written as it is.`,
    };
  if (content.includes('\0'))
    return { reason: 'binary', message: `The block for '${shownName(path)}' holds a NUL character: it is no text.` };
  const elision = findElision(path, content);
  if (elision !== undefined) {
    return { reason: 'elided', message: `The block for '${shownName(path)}' leaves a part of the file out: '${shownName(elision)}'.` };
  }
  if (existing !== undefined && existing.length >= smallFile && content.length < existing.length * leastPart) {
    const sizes = `${content.length} of ${existing.length} characters`;
    return { reason: 'shrinks', message: `The block for '${shownName(path)}' would leave a fraction of the file: ${sizes}.` };
  }
  return undefined;
}

/** The line that says that something was left out. Undefined if there is none. */
function findElision(path: string, content: string): string | undefined {
  if (
    !/(?:\.{3}|…|rest|remain|unchanged|existing|previous|other|original|omitted|elided|skipped|truncated|left out|snip|no (?:further |other )?changes?|everything|current)/i.test(
      content,
    )
  )
    return undefined;
  return content
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .find((line) => isElision(path, line));
}
