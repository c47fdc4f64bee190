import type { Look } from '../../views/look.ts';

/**
 * A line of text in Markdown with its code, its strong words and its links painted. Nothing is lost: marks that are no pair stay, and without colours all of them do.
 */
export function paintWords(line: string, { paint }: Pick<Look, 'paint'>): string {
  return inPairs(
    line,
    '`',
    (code) => paint('active', `\`${code}\``),
    (text) =>
      inPairs(
        text,
        '**',
        (words) => (words.trim() === words ? strong(words, paint) : undefined),
        (plain) => plain.replaceAll(link, (whole, words: string, target: string) => linked(whole, words, target, paint)),
      ),
  );
}

/** Words in square brackets and where they lead, side by side. */
const link = /\[([^\][]{1,200})\]\(([^()\s]{1,500})\)/g;

function linked(whole: string, words: string, target: string, paint: Look['paint']): string {
  const painted = paint('active', words);
  return painted === words ? whole : `${painted} ${paint('faint', `(${target})`)}`;
}

/** Without colours the marks say it. */
function strong(words: string, paint: Look['paint']): string {
  const painted = paint('strong', words);
  return painted === words ? `**${words}**` : painted;
}

/** Replaces what stands between two marks, and what does not. @param within Undefined: it is none that the marks belong to. */
function inPairs(text: string, mark: string, within: (text: string) => string | undefined, outside: (text: string) => string): string {
  const parts = text.split(mark);
  let shown = outside(parts[0] ?? '');
  for (let index = 1; index < parts.length; index += 1) {
    const part = parts[index] ?? '';
    const isClosed = index + 1 < parts.length;
    const replaced = isClosed && part !== '' ? within(part) : undefined;
    if (replaced === undefined) {
      shown += mark + outside(part);
      continue;
    }
    index += 1;
    shown += replaced + outside(parts[index] ?? '');
  }
  return shown;
}
