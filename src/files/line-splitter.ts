/** A line of a text that arrives in chunks. */
export interface Line {
  /** Without its ending. */
  text: string;
  /** `\n`, `\r\n`, `\r`, or nothing for a last line without an ending. */
  ending: string;
  /** Where the line starts in the whole text, in UTF-16 units. */
  start: number;
}

/** Cuts a text into lines while it arrives, in linear time however small the chunks are. */
export class LineSplitter {
  /** Pieces of the line that has not ended yet; joined once, because searching a growing string again and again would be quadratic. */
  #pieces: string[] = [];
  #start = 0;
  #length = 0;
  /** A `\r` that ended the last chunk: only the next character tells whether a `\n` belongs to it. */
  #held = '';

  feed(chunk: string): Line[] {
    if (chunk === '') return [];
    let text = this.#held + chunk;
    this.#held = '';
    if (text.endsWith('\r')) {
      this.#held = '\r';
      text = text.slice(0, -1);
    }
    const lines: Line[] = [];
    let from = 0;
    for (const match of text.matchAll(/\r\n|\n|\r/g)) {
      this.#append(text.slice(from, match.index));
      lines.push(this.#take(match[0]));
      from = match.index + match[0].length;
    }
    this.#append(text.slice(from));
    return lines;
  }

  /** The lines that only the end of the text completes: at most one. */
  end(): Line[] {
    const ending = this.#held;
    this.#held = '';
    return this.#length === 0 && ending === '' ? [] : [this.#take(ending)];
  }

  #append(piece: string): void {
    if (piece === '') return;
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  #take(ending: string): Line {
    const line = { text: this.#pieces.length === 1 ? this.#pieces[0]! : this.#pieces.join(''), ending, start: this.#start };
    this.#start += this.#length + ending.length;
    this.#pieces = [];
    this.#length = 0;
    return line;
  }
}
