import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

export interface RenderDiffOptions {
  path: string;
  /** Undefined: there is no such file on this side. */
  before: Uint8Array | undefined;
  after: Uint8Array | undefined;
}

/** Between two versions with more differences than this no diff is made: finding the shortest one would take too long. */
const mostEdits = 10_000;
/** The most steps of the search, which are edits times lines. Longer files may have fewer differences, so that no file takes longer than others. */
const mostSteps = 100_000_000;

/**
 * How a file changes, in the form that `patch` and `git apply` read. Empty for equal contents. The lines are those of the file, byte for byte, and not made
 * safe to show.
 */
export function renderDiff({ path, before, after }: RenderDiffOptions): string {
  if (before !== undefined && after !== undefined && Buffer.compare(before, after) === 0) return '';
  const from = before === undefined ? '/dev/null' : `a/${path}`;
  const to = after === undefined ? '/dev/null' : `b/${path}`;
  const [old, fresh] = [textOf(before), textOf(after)];
  if (old === undefined || fresh === undefined) return `Binary files ${from} and ${to} differ\n`;
  const patch = createTwoFilesPatch(from, to, old, fresh, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
    maxEditLength: Math.min(mostEdits, Math.floor(mostSteps / (lineCount(old) + lineCount(fresh)))),
  });
  return patch ?? `Files ${from} and ${to} differ from the first line to the last\n`;
}

function lineCount(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** Undefined for content that is not text. */
function textOf(content: Uint8Array = new Uint8Array()): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
