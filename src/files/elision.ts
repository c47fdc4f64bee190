import { isMarkdownPath } from './names/languages.ts';

const what =
  '(?:code|file|class|component|implementation|functions?|methods?|module|script|contents?|configuration|config|logic|imports?|routes?|tests?|styles?|program|definitions?|body|handlers?|document|page|template|section|properties|fields?|helpers?|readme)';
const state =
  '(?:unchanged|the same|as before|as is|omitted|here|as above|untouched|as it was|like before|intact|not shown|elided|skipped|truncated)';
const stays = `(?:is |are |was |were |remains? |remain |stays? |stay |goes |go |continues? |keeps? )?`;
const dots = '(?:\\.{3,}|…)';
/** `... rest of the code unchanged ...`, `existing code here`: an ellipsis and a word for what is left out, or only the words. */
const elisions: readonly RegExp[] = [
  new RegExp(
    `^${dots}\\s*(?:[#(/[<]+\\s*)?(?:the |your |all |keep )?(?:rest|remainder|remaining|existing|previous|other|unchanged|same|original)(?:\\s+[a-z].{0,80}|\\s*${dots}.{0,20})$`,
    'i',
  ),
  new RegExp(
    `^${dots}\\s*(?:[#(/[<]+\\s*)?(?:${what}\\s+)?(?:unchanged|omitted|elided|skipped|truncated|snip(?:ped)?|as before|same as (?:before|above))(?:\\s+for (?:brevity|clarity|space))?[ .…)\\]>]*$`,
    'i',
  ),
  new RegExp(
    `^[(<[]?(?:${what} )?(?:omitted|elided|skipped|truncated|shortened|left out|abbreviated) for (?:brevity|clarity|space|readability)[ .…)\\]>]*$`,
    'i',
  ),
  new RegExp(
    `^(?:no|without) (?:further |other )?changes?\\s+(?:(?:to|in) .{1,40}\\s)?(?:above|below|here|needed|necessary|required|from here|until)(?:\\s.{0,40})?[ .…]*$`,
    'i',
  ),
  new RegExp(
    `^[(<[]?(?:the |your |all |keep )*(?:rest|remainder) of (?:the |your |this )?(?:existing |original |previous )?${what}(?:\\s+${stays}${state}(?:\\s.{0,60})?)?[ .…:)\\]>]*$`,
    'i',
  ),
  new RegExp(
    `^[(<[]?(?:the |your |all |keep )*(?!(?:existing|previous|original) file\\b)(?:remaining|existing|previous|other|original) (?:${what} (?:and|or) )?${what}\\s+${stays}${state}[ .…:)\\]>]*$`,
    'i',
  ),
  new RegExp(`^[(<[]?(?:your |the )?(?:existing|previous|original|current) ${what}(?:\\s*${dots}| goes here| stays here)[ )\\]>]*$`, 'i'),
  new RegExp(`^(?:everything|all) (?:else|other ${what})\\s+${stays}${state}[ .…]*$`, 'i'),
  new RegExp(`^keep (?:the )?(?:rest|everything else|existing ${what}) ${state}[ .…]*$`, 'i'),
  new RegExp(`^(?:${dots}|[-–—~]{2,}|[<[({])?\\s*snip(?:ped)?\\s*(?:${dots}|[-–—~]{2,}|[>\\])}])$`, 'i'),
];
/** A comment of nothing but dots: something was there. */
const bareDots = new RegExp(`^[[(<]?\\s*${dots}\\s*[\\])>]?$`);
const commentStart = /^(?:#+|\/\/+|--+|;+|%+|\/\*+|\*+|<!--|\{\/\*|\[|\(|"""|')\s*\(?/;
const commentEnd = /(?:\*{1,200}\/\}?|-->|\]|\)|"""|')$/;
/** Markdown talks about code, and quotes such lines. Only its own parts can be missing from it. */
const partOfPage = /\b(?:contents?|document|page|section|readme|file)\b/i;

/** Whether a line, trimmed, says that a part of the file was left out there. */
export function isElision(path: string, line: string): boolean {
  if (line.length < 4 || line.length > 200) return false;
  const start = commentStart.exec(line)?.[0];
  // In Markdown these begin headings and list items, and prose may mention the rest of the code.
  if (isMarkdownPath(path) && (start === undefined || !start.startsWith('<!--') || !partOfPage.test(line))) return false;
  // A spread such as `...rest` has no space.
  const isEllipsis = /^(?:\.{3}|…)\s/.test(line);
  if (start === undefined && !isEllipsis) return false;
  const words = line
    .slice(start?.length ?? 0)
    .replace(commentEnd, '')
    .trim();
  if (start !== undefined && isComment(start) && bareDots.test(words)) return true;
  return elisions.some((elision) => elision.test(words));
}

/** Whether this opens a comment; a bracket or a quote may begin code. */
function isComment(start: string): boolean {
  return !/^[[("']/.test(start) && start.trim() !== '*';
}
