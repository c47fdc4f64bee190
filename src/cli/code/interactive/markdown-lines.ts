import { FencesOfReply } from '../../../tools/calls/fences-of-reply.ts';
import { textWidth } from '../../views/text-width.ts';
import type { Look } from '../../views/look.ts';
import { paintWords } from './paint-words.ts';
import { alignTable, isTableRow } from './align-table.ts';

/** A longer table is shown in parts, each as wide as it has to be. */
const mostRows = 200;

/**
 * Shows Markdown line by line, while it arrives. Blocks of code are dimmed, and what is in them is not touched; rows of a table wait for its end, so that their columns stand
 * below each other. No text is lost: a mark that is not drawn is shown as it is.
 */
export class MarkdownLines {
  readonly #look: Look;
  #fences = new FencesOfReply();
  #rows: string[] = [];

  constructor(look: Look) {
    this.#look = look;
  }

  /** @param text One line, without codes for terminals. @returns The lines that can be shown now. */
  take(text: string): string[] {
    const { paint, marks } = this.#look;
    if (this.#fences.take(text) === 'code') return [...this.#table(), paint('faint', text)];
    if (isTableRow(text)) {
      this.#rows.push(text);
      return this.#rows.length < mostRows ? [] : this.#table();
    }
    if (/^ {0,3}#{1,6} /.test(text)) return [...this.#table(), paint('strong', text)];
    if (/^ {0,3}(?:-{3,}|\*{3,}|_{3,}) *$/.test(text)) return [...this.#table(), paint('faint', text)];
    const { before = '', item, quote = '', words = '' } = beginning.exec(text)?.groups ?? {};
    const bars = quote.replaceAll('>', marks.quote);
    const begins = `${before}${paint('faint', bars)}${item === undefined ? '' : `${marks.item} `}`;
    return [...this.#table(), `${begins}${paintWords(words, this.#look)}`];
  }

  /** The reply is over. @returns What was not shown yet. */
  end(): string[] {
    this.#fences = new FencesOfReply();
    return this.#table();
  }

  #table(): string[] {
    const rows = alignTable(this.#rows, textWidth);
    this.#rows = [];
    return rows.map((row) => paintWords(row, this.#look));
  }
}

/** What a line begins with: room, the marks of a quotation, and that of an item. */
const beginning = /^(?<before>[ \t]*)(?<quote>(?:> ?)*)(?<item>[-*+] )?(?<words>.*)$/s;
