import type { LeadingLine } from './source-line.ts';

const kept = 4;
/** Longer lines are prose or worse; no name stands in them. */
const longest = 20_000;
/** How far back a name is looked for in a text that was skipped. */
const lookedBack = 1000;

/** The last few lines that are not blank. */
export class RecentLines {
  #lines: LeadingLine[] = [];

  add(text: string, start: number, end: number): void {
    if (text.length > longest) return;
    if (this.#lines.length === 2 * kept) this.#lines = this.#lines.slice(-kept);
    this.#lines.push({ text, start, end });
  }

  /** The lines of a text that was skipped: its last ones replace what was known. */
  replaceWith(text: string, start: number): void {
    this.#lines = [];
    let from = Math.max(0, text.length - lookedBack);
    if (from > 0) from = nextLine(text, from);
    while (from < text.length) {
      const end = nextLine(text, from);
      const line = text.slice(from, end);
      if (line.trim() !== '') this.add(line, start + from, start + end);
      from = end;
    }
  }

  /** The nearest last. */
  from(position: number): LeadingLine[] {
    const found: LeadingLine[] = [];
    for (let index = Math.max(0, this.#lines.length - kept); index < this.#lines.length; index += 1) {
      const { text, start, end } = this.#lines[index]!;
      if (start >= position) found.push({ text: text.trimStart().replace(/^(?:> ?){1,9}/, '').trim(), start, end });
    }
    return found;
  }
}

/** Where the line after this position begins. */
function nextLine(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) return at + 1;
  }
  return text.length;
}
