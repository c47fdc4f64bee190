import { isMarkdownPath } from './names/languages.ts';
import { shownName } from '../utils/shown-name.ts';

/** Why a content is refused: it holds half of a character or NUL, leaves a part out, or would take most of the file away. */
export type ContentRefusalReason = 'broken_text' | 'binary' | 'elided' | 'shrinks';

export interface ContentRefusal {
  reason: ContentRefusalReason;
  message: string;
}

export interface ContentToCheck {
  path: string;
  content: string;
  /** What stands there now; undefined where there is nothing, or only an earlier try of the same task. */
  existing: string | undefined;
}

/** Files smaller than this may become anything; larger ones must keep more than this part of their characters. */
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

const what =
  '(?:code|file|class|component|implementation|functions?|methods?|module|script|contents?|configuration|config|logic|imports?|routes?|tests?|styles?|program|definitions?|body)';
/** `... rest of the code unchanged ...`, `existing code here`: an ellipsis and a word for what is left out, or the words alone. */
const elisions: readonly RegExp[] = [
  /^(?:\.{3}|…)\s*(?:[#(/]+\s*)?(?:the |your |all |keep )?(?:rest|remainder|remaining|existing|previous|other|unchanged|same|original)(?:\s+[a-z].{0,80}|\s*(?:\.{3}|…).{0,20})$/i,
  /^(?:\.{3}|…)\s*[#(/]*\s*(?:unchanged|omitted)[ .…)]*$/i,
  new RegExp(
    `^(?:the |your |all |keep )*(?:rest|remainder) of (?:the |your |this )?(?:existing |original |previous )?${what}(?:\\s+(?:is |are |remains? |stays? |goes |continues )?(?:unchanged|the same|as before|as is|omitted|here|as above|untouched)(?:\\s.{0,60})?)?[ .…:)]*$`,
    'i',
  ),
  new RegExp(
    `^(?:the |your |all |keep )*(?:remaining|existing|previous|other|original) ${what}\\s+(?:is |are |remains? |stays? |goes |continues )?(?:unchanged|the same|as before|as is|omitted|here|as above|untouched)[ .…:)]*$`,
    'i',
  ),
  new RegExp(`^(?:existing|previous|original) ${what}\\s*(?:\\.{3}|…)$`, 'i'),
];
const commentStart = /^(?:#+|\/\/+|--+|;+|%+|\/\*+|\*+|<!--|\{\/\*|\[|\(|"""|')\s*\(?/;
const commentEnd = /\s*(?:\*+\/\}?|-->|\]|\)|"""|')$/;

/** The line that says that something was left out; undefined where none does. */
function findElision(path: string, content: string): string | undefined {
  if (!/(?:\.{3}|…|rest|remain|unchanged|existing|previous|other|original)/i.test(content)) return undefined;
  for (const line of content.split(/\r\n|\n|\r/)) {
    const text = line.trim();
    if (text.length < 8 || text.length > 200) continue;
    const start = commentStart.exec(text)?.[0];
    // In Markdown these begin headings and list items, and prose may speak of the rest of the code.
    if (isMarkdownPath(path) && (start === undefined || /^[#*-]/.test(start))) continue;
    // A spread such as `...rest` has no space.
    const isEllipsis = /^(?:\.{3}|…)\s/.test(text);
    if (start === undefined && !isEllipsis) continue;
    const words = text
      .slice(start?.length ?? 0)
      .replace(commentEnd, '')
      .trim();
    if (elisions.some((elision) => elision.test(words))) return text;
  }
  return undefined;
}
