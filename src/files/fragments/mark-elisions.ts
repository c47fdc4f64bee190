import { isElision } from '../elision.ts';

/** Marks where a fragment leaves something out; no model writes it. */
export const elisionMark = '\u2026\u2063elided';

const bareEllipsis = /^(?:(?:#+|\/\/+|\/\*+|\*)\s*)?(?:\.{3,}|…)\s*(?:\*\/)?$/;
/** Short remarks about what is left out, which could be headings in a whole file. */
const remarks =
  /^(?:#+|\/\/+|\/\*+)\s*(?:(?:\.{3,}|…)\s*)?\(?(?:(?:the )?(?:other|rest of the|remaining|existing|previous) (?:code|file|class|functions?|methods?|module|imports?|routes?|tests?|definitions?)(?: here)?|(?:no changes?|unchanged|omitted)(?: (?:here|above|below|needed|for brevity))?)\s{0,20}(?:\.{1,3}|…)?\)?\s{0,20}(?:\.{3}|…)?(?:\*\/)?$/i;

/**
 * A fragment with a mark at each place where a line such as `# ... rest unchanged` says that something was left out.
 * @returns also how many there are.
 */
export function markElisions(path: string, text: string): { text: string; elisions: number } {
  const mark = /\.pyi?$/i.test(path) ? `...  # ${elisionMark}` : `/* ${elisionMark} */`;
  let elisions = 0;
  const lines = text.split('\n').map((line) => {
    const code = line.trim();
    const isEllipsis = bareEllipsis.test(code) && !(code === '...' && path.endsWith('.py'));
    const isMarked = code.length <= 200 && (isEllipsis || remarks.test(code) || isElision(path, code));
    if (!isMarked) return line;
    elisions += 1;
    return /^\s*/.exec(line)![0] + mark;
  });
  return { text: lines.join('\n'), elisions };
}
