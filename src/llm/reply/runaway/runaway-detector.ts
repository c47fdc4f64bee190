import { FenceLines } from './fence-lines.ts';
import { LineParts } from './line-parts.ts';
import { LineRuns, type Run } from './line-runs.ts';
import { lineShape, type LineShape } from './line-shape.ts';
import { loopingEnd } from './looping-end.ts';
import { fewestRounds, isRunawayLoop, lineLimits, loopInterval, loopWindow, shortestLoop } from './runaway-limits.ts';

/** A text that does nothing any more but repeat itself. */
export interface Runaway {
  /** Where it says nothing new any more: what stands before is worth keeping, one or two rounds of the repetition among it. */
  at: number;
  /** `same`: one block over and over. `counting`: lines or parts of one shape that only count on, or in which only names change. */
  why: 'same' | 'counting';
}

/** Of a line without an end only so much is kept. */
const longestLine = 2000;
/** Rows of tables, code that is only indented, and lists of links and addresses are of one shape by nature. */
const data = /^[ \t]*\||^(?: {4}|\t)[ \t]*[^\s\d*+-]|<\/?[a-z]|https?:\/\//i;

/**
 * Notices that a reply has run away while it arrives, in time linear in its length and bounded memory. What it says depends on the text alone, not on the
 * pieces in which it came.
 */
export class RunawayDetector {
  readonly #fences = new FenceLines();
  readonly #lines = new LineRuns(lineLimits);
  #parts = new LineParts('prose');
  /** How much has arrived. */
  #length = 0;
  #line = '';
  #lineStart = 0;
  /** The newest characters, up to the last time that they were looked at, and since. */
  #end = '';
  #recent = '';
  /** Where the newest line ended that opened or closed a block. */
  #fenceAt = -1;
  #found: Runaway | undefined;

  /** What was found in the text so far. */
  get found(): Runaway | undefined {
    return this.#found;
  }

  /** Takes the next piece. @returns what was found in the text so far; what comes after it is not looked at. */
  feed(piece: string): Runaway | undefined {
    for (let at = 0; at < piece.length && this.#found === undefined;) {
      // Up to a line break, or to where the end is looked at.
      const due = at + loopInterval - this.#recent.length;
      const lineBreak = piece.indexOf('\n', at);
      const stop = Math.min(piece.length, due, lineBreak === -1 ? Infinity : lineBreak + 1);
      this.#take(piece.slice(at, stop));
      at = stop;
    }
    return this.#found;
  }

  #take(text: string): void {
    const ends = text.endsWith('\n');
    const content = ends ? text.slice(0, -1) : text;
    this.#judge(this.#parts.take(content, this.#length));
    if (this.#line.length < longestLine) this.#line += content.slice(0, longestLine - this.#line.length);
    this.#length += text.length;
    this.#recent += text;
    if (ends) this.#endLine();
    if (this.#recent.length >= loopInterval) this.#lookForLoop();
  }

  #endLine(): void {
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line;
    this.#judge(this.#lines.next(lineShape(line, this.#placeOf(line)), this.#lineStart));
    if (this.#fences.line(line)) this.#fenceAt = this.#length;
    this.#line = '';
    this.#lineStart = this.#length;
    this.#parts = new LineParts(this.#fences.within === 'file' ? 'data' : 'prose');
  }

  #judge(run: Run | undefined): void {
    if (run !== undefined) this.#found ??= { at: run.cutAt, why: run.kind === 'same' ? 'same' : 'counting' };
  }

  #placeOf(line: string): LineShape['place'] {
    return this.#fences.within === 'file' || data.test(line) ? 'data' : 'prose';
  }

  #lookForLoop(): void {
    this.#end = (this.#end + this.#recent).slice(-loopWindow);
    this.#recent = '';
    const end = this.#end;
    const from = this.#length - end.length;
    const isLoop = ({ period, length }: { period: number; length: number }) => {
      const inFile = this.#fences.within === 'file' || this.#fenceAt > this.#length - length;
      return isRunawayLoop(end.slice(-period), length, inFile ? 'data' : 'prose');
    };
    const loop = loopingEnd(end, { shortest: shortestLoop, fewestRounds, isLoop });
    if (loop === undefined) return;
    const second = end.length - loop.length + loop.period;
    const lineBreak = end.slice(second, second + loop.period).indexOf('\n');
    const at = lineBreak === -1 ? second : second + lineBreak + 1;
    // Half a character is none.
    this.#found ??= { at: from + (isLowSurrogate(end.charCodeAt(at)) ? at + 1 : at), why: 'same' };
  }
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc_00 && unit <= 0xdf_ff;
}
