import { isMarkdownPath } from './names/languages.ts';

const what =
  '(?:code|file|class|component|implementation|functions?|methods?|module|script|contents?|configuration|config|logic|imports?|routes?|tests?|styles?|program|definitions?|body)';
/** `... rest of the code unchanged ...`, `existing code here`: an ellipsis and a word for what is left out, or the words alone. */
const elisions: readonly RegExp[] = [
  /^(?:\.{3}|…)\s*(?:[#(/]+\s*)?(?:the |your |all |keep )?(?:rest|remainder|remaining|existing|previous|other|unchanged|same|original)(?:\s+[a-z].{0,80}|\s*(?:\.{3}|…).{0,20})$/i,
  /^(?:\.{3}|…)\s*(?:[#(/]+\s*)?(?:unchanged|omitted)[ .…)]*$/i,
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
const commentEnd = /(?:\*{1,200}\/\}?|-->|\]|\)|"""|')$/;

/** Whether a line, trimmed, says that a part of the file was left out there. */
export function isElision(path: string, line: string): boolean {
  if (line.length < 8 || line.length > 200) return false;
  const start = commentStart.exec(line)?.[0];
  // In Markdown these begin headings and list items, and prose may speak of the rest of the code.
  if (isMarkdownPath(path) && (start === undefined || /^[#*-]/.test(start))) return false;
  // A spread such as `...rest` has no space.
  const isEllipsis = /^(?:\.{3}|…)\s/.test(line);
  if (start === undefined && !isEllipsis) return false;
  const words = line
    .slice(start?.length ?? 0)
    .replace(commentEnd, '')
    .trim();
  return elisions.some((elision) => elision.test(words));
}
