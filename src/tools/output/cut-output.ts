import { printable } from '../../utils/printable.ts';
import type { OutputLimits } from './output-limits.ts';
import { countLines, firstWithin, lastWithin, wholeWordsAtEnd, wholeWordsAtStart } from './parts-of-output.ts';

/** What was left out of an output, from its middle. */
export interface OutputGap {
  /** Line feeds that are not in the text. */
  lines: number;
  bytes: number;
  /** How many lines stand before the gap. */
  afterLine: number;
}

/** An output as it is kept: text that is safe to show. */
export interface CutOutput {
  text: string;
  /** Absent: nothing was left out. */
  cut?: OutputGap;
}

/** The rest is for the end: the end of a test run says more than its beginning. */
function beginningOf({ lines, bytes }: OutputLimits): OutputLimits {
  return { lines: Math.floor(lines / 4), bytes: Math.floor(bytes / 4) };
}

/** Keeps the beginning and the end of a text, and says in a line between them what was left out. */
export function cutText(text: string, limits: OutputLimits): CutOutput {
  if (countLines(text) <= limits.lines && Buffer.byteLength(text) <= limits.bytes) return { text };
  return joined(text, undefined, limits, { lines: 0, bytes: 0 });
}

/**
 * Keeps the beginning and the end of an output of any size while it arrives. It holds a few times `limits.bytes` in memory, whatever arrives, and what it keeps does
 * not depend on the pieces in which that is.
 */
export class OutputCutter {
  readonly #limits: OutputLimits;
  readonly #beginningBytes: number;
  readonly #endBytes: number;
  #beginning = Buffer.alloc(0);
  #end: Buffer[] = [];
  #endLength = 0;
  #dropped = { lines: 0, bytes: 0 };

  constructor(limits: OutputLimits) {
    this.#limits = limits;
    this.#beginningBytes = beginningOf(limits).bytes;
    this.#endBytes = limits.bytes - this.#beginningBytes;
  }

  add(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk);
    const missing = this.#beginningBytes - this.#beginning.length;
    if (missing > 0) this.#beginning = Buffer.concat([this.#beginning, bytes.subarray(0, missing)]);
    const rest = bytes.subarray(Math.max(0, missing));
    if (rest.length === 0) return;
    this.#end.push(rest);
    this.#endLength += rest.length;
    // In large steps, so that many small pieces cost no more than few large ones.
    if (this.#endLength > this.#endBytes * 4 + 4096) this.#drop();
  }

  /**
   * What is kept of all that was added.
   * @param clean Changes a text before it is kept, such as leaving out secrets. Where something is missing before or behind it, it begins and ends with a whole
   * word, unless that has more than 1000 bytes.
   */
  finish(clean: (text: string) => string = (text) => text): CutOutput {
    this.#drop();
    const show = (bytes: Buffer) => clean(printable(bytes.toString('utf8')));
    const end = Buffer.concat(this.#end);
    if (this.#dropped.bytes === 0) return cutText(show(Buffer.concat([this.#beginning, end])), this.#limits);
    const first = wholeWordsAtEnd(this.#beginning);
    const last = wholeWordsAtStart(end);
    const trimmed = [this.#beginning.subarray(first.length), end.subarray(0, end.length - last.length)];
    return joined(show(first), show(last), this.#limits, {
      lines: this.#dropped.lines + trimmed.reduce((sum, bytes) => sum + lineFeedsIn(bytes), 0),
      bytes: this.#dropped.bytes + trimmed.reduce((sum, { length }) => sum + length, 0),
    });
  }

  #drop(): void {
    const excess = this.#endLength - this.#endBytes;
    if (excess <= 0) return;
    const all = Buffer.concat(this.#end);
    this.#dropped.lines += lineFeedsIn(all.subarray(0, excess));
    this.#dropped.bytes += excess;
    this.#end = [Buffer.from(all.subarray(excess))];
    this.#endLength = this.#endBytes;
  }
}

/** @param last Undefined: the end is that of `first`. @param missing What is missing already between the two. */
function joined(first: string, last: string | undefined, limits: OutputLimits, missing: Omit<OutputGap, 'afterLine'>): CutOutput {
  const forBeginning = beginningOf(limits);
  const beginning = firstWithin(first, forBeginning);
  const rest = last ?? first.slice(beginning.length);
  const end = lastWithin(rest, { lines: limits.lines - forBeginning.lines, bytes: limits.bytes - forBeginning.bytes });
  const gone = (last === undefined ? '' : first.slice(beginning.length)) + rest.slice(0, rest.length - end.length);
  const lines = missing.lines + gone.split('\n').length - 1;
  const bytes = missing.bytes + Buffer.byteLength(gone);
  const before = beginning === '' || beginning.endsWith('\n') ? beginning : `${beginning}\n`;
  const told = lines === 0 ? `${bytes} bytes` : `${lines} ${lines === 1 ? 'line' : 'lines'}, ${bytes} bytes`;
  return { text: `${before}… ${told} left out …\n${end}`, cut: { lines, bytes, afterLine: countLines(before) } };
}

function lineFeedsIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) count += 1;
  return count;
}
