import type { ContentPart } from '../chat-model.ts';

const opening = '<think>';
const closing = '</think>';

/** A reply of nothing but white space is looked through again with each piece, so what is held of it has an end. */
const mostBlank = 4096;

/**
 * Some servers leave a model's thinking in the reply, between `<think>` and `</think>` at its very beginning. This takes it apart: pieces go in as they
 * arrive, and parts come out. Pieces are held back only as long as they may be half a tag; blank space around the thinking belongs to neither part.
 * The same words further on in a reply are text.
 */
export class ThinkSplitter {
  #held = '';
  #state: 'beginning' | 'thinking' | 'between' | 'text';

  /** A reply that goes on after text that has been written has its beginning behind it. */
  constructor(written: string) {
    this.#state = written === '' ? 'beginning' : 'text';
  }

  pass(piece: string): ContentPart[] {
    this.#held += piece;
    const parts: ContentPart[] = [];
    for (;;) {
      const before = this.#state;
      const part = this.#take();
      if (part !== undefined && part.text !== '') parts.push(part);
      if (this.#state === before) return parts;
    }
  }

  /** At the end of the stream: what was held back and was no tag. */
  end(): ContentPart[] {
    const text = this.#state === 'between' ? '' : this.#held;
    this.#held = '';
    return text === '' ? [] : [{ type: this.#state === 'thinking' ? 'reasoning' : 'text', text }];
  }

  #take(): ContentPart | undefined {
    switch (this.#state) {
      case 'beginning':
        return this.#begin();
      case 'thinking':
        return this.#think();
      case 'between':
        this.#held = this.#held.trimStart();
        if (this.#held !== '') this.#state = 'text';
        return undefined;
      case 'text':
        return { type: 'text', text: this.#release(this.#held.length) };
    }
    return undefined;
  }

  #begin(): undefined {
    const start = this.#held.trimStart();
    if (start === '' && this.#held.length > mostBlank) this.#state = 'text';
    if (start.length < opening.length && opening.startsWith(start)) return;
    this.#state = start.startsWith(opening) ? 'thinking' : 'text';
    if (this.#state === 'thinking') this.#held = start.slice(opening.length);
  }

  #think(): ContentPart {
    const end = this.#held.indexOf(closing);
    if (end === -1) return { type: 'reasoning', text: this.#release(this.#held.length - halfTag(this.#held)) };
    this.#state = 'between';
    const text = this.#release(end);
    this.#release(closing.length);
    return { type: 'reasoning', text };
  }

  /** Takes this many characters out of what is held. */
  #release(length: number): string {
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return text;
  }
}

/** How many characters at the end may be the beginning of the closing tag. */
function halfTag(text: string): number {
  for (let length = Math.min(text.length, closing.length - 1); length > 0; length -= 1) {
    if (text.endsWith(closing.slice(0, length))) return length;
  }
  return 0;
}
