import { FenceLines } from './fence-lines.ts';
import { LineParts } from './line-parts.ts';
import { LineRuns, type Run } from './line-runs.ts';
import { lineShape, type LineShape } from './line-shape.ts';
import { loopingEnd } from './looping-end.ts';
import { fewestRounds, isRunawayLoop, lineLimits, loopInterval, loopWindow, shortestLoop } from './runaway-limits.ts';

/** A text that only repeats itself. */
export interface Runaway {
  /** Where it stops saying anything new. What comes before is worth keeping, including one or two rounds of the repetition. */
  at: number;
  /** `same`: one block over and over. `counting`: lines or parts of one shape in which only numbers count on or names change. */
  why: 'same' | 'counting';
}

/** How much is kept of an endless line. */
const longestLine = 2000;
/** Table rows, code that is only indented, and lists of links and addresses naturally have one shape. */
const data = /^[ \t]*\||^(?: {4}|\t)[ \t]*[^\s\d*+-]|<\/?[a-z]|https?:\/\//i;

/**
 * Notices while a reply arrives that it has run away, in linear time and bounded memory. The result depends only on the text, not on the pieces in which it
 * arrives.
 */
export class RunawayDetector {
  readonly #fences = new FenceLines();
  readonly #lines = new LineRuns(lineLimits);
  #parts = new LineParts('prose');
  /** How much has arrived. */
  #length = 0;
  #line = '';
  #lineStart = 0;
  /** The newest characters, up to the last check, and since. */
  #end = '';
  #recent = '';
  /** Where the latest line that opened or closed a block ended. */
  #fenceAt = -1;
  #found: Runaway | undefined;

  /** What was found in the text so far. */
  get found(): Runaway | undefined {
    return this.#found;
  }

  /** Takes the next piece. @returns what was found in the text so far; what comes after it is ignored. */
  feed(piece: string): Runaway | undefined {
    for (let at = 0; at < piece.length && this.#found === undefined;) {
      // Up to a line break, or to the next check of the end.
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
    // Never cut a character in half.
    this.#found ??= { at: from + (isLowSurrogate(end.charCodeAt(at)) ? at + 1 : at), why: 'same' };
  }
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc_00 && unit <= 0xdf_ff;
}
