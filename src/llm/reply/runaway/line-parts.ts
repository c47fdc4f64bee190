import { LineRuns, type Run } from './line-runs.ts';
import { lineShape, type LineShape } from './line-shape.ts';
import { partLimits } from './runaway-limits.ts';

/** Where in a line the watching begins. */
const longLine = 400;
const longestPart = 200;

/** Watches the parts of one endless line, such as its sentences, or numbers between commas. */
export class LineParts {
  readonly #place: LineShape['place'];
  readonly #runs = new LineRuns(partLimits);
  #column = 0;
  #part = '';

  constructor(place: LineShape['place']) {
    this.#place = place;
  }

  /** Takes the next piece of the line, which begins at `offset` in the text. @returns the first run that is too long. */
  take(text: string, offset: number): Run | undefined {
    const from = Math.max(0, longLine - this.#column);
    this.#column += text.length;
    let found: Run | undefined;
    for (let at = from; at < text.length && found === undefined; at += 1) {
      const character = text.charAt(at);
      this.#part += character;
      if (this.#part.length < longestPart && !',;.!?:)]}'.includes(character)) continue;
      found = this.#runs.next(lineShape(this.#part, this.#place), offset + at + 1 - this.#part.length);
      this.#part = '';
    }
    return found;
  }
}
