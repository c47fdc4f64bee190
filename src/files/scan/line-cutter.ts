const newline = 10;
const carriageReturn = 13;

/**
 * Cuts a text that arrives in chunks after its last whole line. A line ends with `\n`, `\r\n` or `\r`. Each character is read once, however small the chunks
 * are.
 */
export class LineCutter {
  /** The beginning of a line whose end has not arrived. The engine keeps it as a list of pieces until it is read. */
  #rest = '';
  /** `return`: the text so far ends with `\r`, and only the next character shows whether a `\n` belongs to it. */
  #ending: 'open' | 'return' = 'open';

  /** @returns the lines that this chunk completed, with everything before them; often nothing. */
  feed(chunk: string): string {
    if (chunk === '') return '';
    if (this.#ending === 'open' && !holdsLineEnd(chunk)) {
      this.#rest += chunk;
      return '';
    }
    const text = this.#rest + chunk;
    const isReturn = text.charCodeAt(text.length - 1) === carriageReturn;
    let cut = isReturn ? text.length - 1 : text.length;
    // Not further back than the chunk and a held `\r`: there is no line ending before them.
    const least = Math.max(0, this.#rest.length - 1);
    while (cut > least && !endsLine(text.charCodeAt(cut - 1))) cut -= 1;
    if (cut === least) cut = 0;
    this.#ending = isReturn ? 'return' : 'open';
    this.#rest = cut === 0 ? text : text.slice(cut);
    return cut === 0 ? '' : text.slice(0, cut);
  }

  /** What is left when the text ends: at most one line, mostly without an ending. */
  end(): string {
    const rest = this.#rest;
    this.#rest = '';
    this.#ending = 'open';
    return rest;
  }
}

function endsLine(code: number): boolean {
  return code === newline || code === carriageReturn;
}

/** Tokens are short: a loop over their characters is quicker than calling a search. */
const short = 16;

function holdsLineEnd(chunk: string): boolean {
  if (chunk.length > short) return chunk.includes('\n') || chunk.includes('\r');
  for (let at = 0; at < chunk.length; at += 1) if (endsLine(chunk.charCodeAt(at))) return true;
  return false;
}
