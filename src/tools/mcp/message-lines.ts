/** More than any answer that a model could be shown a part of. In bytes. */
const longestLine = 8 * 1024 * 1024;
const lineFeed = 0x0a;

/** Cuts what arrives into lines, one message each, and keeps no more of one than it may have. */
export class MessageLines {
  #parts: Buffer[] = [];
  #length = 0;

  /** @returns the lines that are whole now. @throws Error for one that is too long. */
  add(chunk: Buffer): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, from)) {
      this.#keep(chunk.subarray(from, at));
      lines.push(Buffer.concat(this.#parts).toString('utf8'));
      this.#parts = [];
      this.#length = 0;
      from = at + 1;
    }
    this.#keep(chunk.subarray(from));
    return lines;
  }

  #keep(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > longestLine) throw new Error(`sent a message of more than ${longestLine / 1024 / 1024} MB`);
    if (part.length > 0) this.#parts.push(part);
  }
}
