/** What a name that patterns are held against has at most; longer ones are cut. */
export const longestMatchedName = 200;

/** Steps that a pattern may take at most, as far as can be told from how it is written: about a second. */
const mostSteps = 3e8;

/** An escape, a class of characters, the beginning of a group, its end, an alternative, a quantifier with its laziness, or any other character. */
const token = /\\.|\[(?:\\.|[^\]\\])*\]?|\((?:\?(?:[:=!]|<[=!]|<[^>]{0,60}>))?|\)|\||(?:[*+?]|\{\d{1,6}(?:,\d{0,6})?\})\??|[^]/gu;

/**
 * Whether a regular expression of a project answers soon, whatever name it is held against: no part that may match in several ways is repeated, nothing
 * refers back, and alternatives and repetitions are few.
 */
export function isQuickPattern(source: string): boolean {
  const groups: ('plain' | 'varied')[] = ['plain'];
  let closed: 'plain' | 'varied' | undefined;
  let steps = longestMatchedName;
  let repeats = 0;
  const vary = () => groups.splice(-1, 1, 'varied');
  for (const [text] of source.matchAll(token)) {
    const before = closed;
    closed = undefined;
    if (/^\\[1-9k]/.test(text)) return false;
    if (text.startsWith('(')) groups.push('plain');
    else if (text === ')') {
      closed = groups.pop() ?? 'plain';
      if (groups.length === 0) return false;
      if (closed === 'varied') vary();
    } else if (text === '|') {
      steps *= 2;
      vary();
    } else if (/^(?:[*+?]|\{\d)/.test(text)) {
      if (before === 'varied' && !text.startsWith('?')) return false;
      repeats += 1;
      steps *= text.startsWith('?') ? 2 : longestMatchedName / repeats;
      vary();
    }
    if (steps > mostSteps) return false;
  }
  return true;
}
