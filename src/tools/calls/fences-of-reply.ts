import { type FenceLine, parseFenceLine } from '../../files/scan/fence-line.ts';

/** What may stand before a fence: a block in a quotation or a list is code, too. */
const containers = /^(?:[ \t>]|[-*+][ \t]|\d{1,3}[.)][ \t]){0,100}/;

/**
 * Tells code from text, line by line, as cautiously as a call demands: whatever could be in a fenced block counts as code, and a block that nothing closes is code to its
 * end.
 */
export class FencesOfReply {
  #open: FenceLine | undefined;

  /** Takes the next line. A fence itself is code. */
  take(line: string): 'code' | 'text' {
    const fence = parseFenceLine(line.replace(containers, '').trimEnd());
    if (this.#open === undefined) {
      this.#open = fence;
      return fence === undefined ? 'text' : 'code';
    }
    const { character, length } = this.#open;
    if (fence?.character === character && fence.length >= length && fence.info === '') this.#open = undefined;
    return 'code';
  }
}
