/** The most characters of a name that patterns are matched against; longer names are cut. */
export const longestMatchedName = 200;

/** The most steps that a pattern may take, estimated from how it is written: about a second. */
const mostSteps = 3e8;

/** An escape, a character class, the start or end of a group, an alternative, a quantifier (lazy or not), or any other character. */
const token = /\\.|\[(?:\\.|[^\]\\])*\]?|\((?:\?(?:[:=!]|<[=!]|<[^>]{0,60}>))?|\)|\||(?:[*+?]|\{\d{1,6}(?:,\d{0,6})?\})\??|[^]/gu;

/**
 * Whether a project's regular expression answers quickly on any name: it repeats no part that could match in several ways, has no back references, and few
 * alternatives and repetitions.
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
