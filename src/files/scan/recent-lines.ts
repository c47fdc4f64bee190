import type { LeadingLine } from './source-line.ts';
import { firstInk, startOfLine } from './text-positions.ts';

const kept = 4;
/** Longer lines are prose or worse, and contain no name. */
const longest = 20_000;
/** How far back to look for a name in a text that was skipped. */
const lookedBack = 1000;

/** The last few non-blank lines. */
export class RecentLines {
  #lines: LeadingLine[] = [];
  /** Every line between these positions is known. */
  #from = 0;
  #to = 0;

  /** Adds the next line; `blank` ones are never names. */
  add(text: string, start: number, end: number, blank: boolean): void {
    if (start > this.#to) this.#from = start;
    this.#to = end;
    if (!blank) this.#keep(text, start, end);
  }

  /** Adds whole lines of a piece that were skipped, from one position to another. `base`: where the piece begins. */
  addPassed(piece: string, from: number, to: number, base: number): void {
    const found: LeadingLine[] = [];
    let end = to;
    while (end > from && found.length < kept) {
      let textEnd = end;
      if (textEnd > from && piece.charCodeAt(textEnd - 1) === 10) textEnd -= 1;
      if (textEnd > from && piece.charCodeAt(textEnd - 1) === 13) textEnd -= 1;
      const start = startOfLine(piece, textEnd, from);
      const isBlank = firstInk(piece, start, textEnd) === textEnd;
      if (!isBlank && textEnd - start <= longest) found.push({ text: piece.slice(start, textEnd), start: base + start, end: base + end });
      end = start;
    }
    if (base + from > this.#to || end > from) this.#from = base + end;
    this.#to = base + to;
    for (const line of found.toReversed()) this.#keep(line.text, line.start, line.end);
  }

  #keep(text: string, start: number, end: number): void {
    if (text.length > longest) return;
    if (this.#lines.length === 2 * kept) this.#lines = this.#lines.slice(-kept);
    this.#lines.push({ text, start, end });
  }

  /** Examines a skipped text, as far as it is not known: the last lines between these positions replace the known ones. */
  lookBack(from: number, to: number, slice: (from: number, to: number) => string): void {
    const first = to - from > lookedBack ? to - lookedBack + 1 : from;
    if (this.#from <= first && first <= this.#to) this.#lines = this.#lines.filter(({ start }) => start >= first);
    else {
      this.#lines = [];
      this.#to = first === from ? from : Math.min(to, first - 1 + nextLine(slice(first - 1, to), 0));
    }
    this.#from = first;
    const start = this.#to;
    const text = slice(start, to);
    for (let at = 0; at < text.length;) {
      const end = nextLine(text, at);
      const line = text.slice(at, end);
      if (line.trim() !== '') this.#keep(line, start + at, start + end);
      at = end;
    }
    this.#to = Math.max(to, start);
  }

  /** The nearest last. */
  from(position: number): LeadingLine[] {
    const found: LeadingLine[] = [];
    for (let index = Math.max(0, this.#lines.length - kept); index < this.#lines.length; index += 1) {
      const { text, start, end } = this.#lines[index]!;
      if (start >= position)
        found.push({
          text: text
            .trimStart()
            .replace(/^(?:> ?){1,9}/, '')
            .trim(),
          start,
          end,
        });
    }
    return found;
  }
}

/** The beginning of the line after this position. */
function nextLine(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) return at + 1;
  }
  return text.length;
}
