import { parseFenceLine } from './fence-line.ts';
import { endReading, firstReading, readLine, type FinishedBlock, type OpeningKind, type Reading } from './fence-reading.ts';
import type { FencedBlock, FenceOpening } from './fenced-block.ts';
import { fileFormats, nameBlock } from './file-formats.ts';
import type { FileName } from './file-format.ts';
import { isMarkdownLanguage, isMarkdownPath, languageOfInfo } from './languages.ts';
import { LineSplitter, type Line } from './line-splitter.ts';

export interface FenceScannerOptions {
  /** Tells which file an opening fence names; it decides what is a Markdown file. Default: the built-in formats. */
  nameOf?: ((opening: FenceOpening) => FileName | undefined) | undefined;
}

/**
 * Finds the fenced code blocks of a reply while it arrives. Chunks may be cut anywhere; the blocks are the same. Each line is read once, so the time is
 * linear in the length of the reply; what is held is the text from the oldest block that is not settled yet.
 *
 * The rules are CommonMark's for fences at the top level, and one more: in a block that is a Markdown file, examples may stand between fences of the
 * file's own length. A bare fence there closes the file only tentatively; later lines or the end of the reply settle it, and the reading that leaves
 * whole blocks wins. Blocks come out in order, as soon as they are settled.
 */
export class FenceScanner {
  readonly #nameOf: (opening: FenceOpening) => FileName | undefined;
  readonly #splitter = new LineSplitter();
  #readings: Reading[] = [firstReading];
  /** The lines from number `#firstLine` on: those that a block not yet settled may hold. */
  #lines: Line[] = [];
  #firstLine = 0;
  #before: 'blank' | 'colon' | 'other' = 'blank';

  constructor({ nameOf = (opening) => nameBlock(fileFormats, opening) }: FenceScannerOptions = {}) {
    this.#nameOf = nameOf;
  }

  /** @returns the blocks that this chunk settled. */
  feed(chunk: string): FencedBlock[] {
    return this.#splitter.feed(chunk).flatMap((line) => this.#read(line));
  }

  /** Ends the reply, and with it the scanner. @returns the blocks that were not settled before, an unclosed one last. */
  end(): FencedBlock[] {
    const blocks = this.#splitter.end().flatMap((line) => this.#read(line));
    const reading = endReading(this.#readings, this.#firstLine + this.#lines.length);
    return [...blocks, ...this.#cutOut(reading.finished)];
  }

  #read(line: Line): FencedBlock[] {
    const number = this.#firstLine + this.#lines.length;
    this.#lines.push(line);
    // A byte order mark at the very start is not part of the first line's text.
    const text = line.start === 0 && line.text.startsWith('\uFEFF') ? line.text.slice(1) : line.text;
    const blank = text.trim() === '';
    const fence = parseFenceLine(text);
    this.#readings = readLine(this.#readings, { number, text, blank, fence, before: this.#before }, (opening) => this.#kindOf(opening));
    this.#before = blank ? 'blank' : text.trimEnd().endsWith(':') ? 'colon' : 'other';
    return this.#settle();
  }

  #kindOf(opening: FenceOpening): OpeningKind {
    const name = this.#nameOf(opening);
    const language = name?.language ?? languageOfInfo(opening.info);
    const markdown = isMarkdownLanguage(language) || (name !== undefined && isMarkdownPath(name.path));
    return { kind: markdown ? 'markdown' : 'other', named: name !== undefined };
  }

  #settle(): FencedBlock[] {
    const [reading, ...others] = this.#readings;
    if (reading === undefined || others.length > 0) return [];
    const blocks = this.#cutOut(reading.finished);
    if (blocks.length > 0) this.#readings = [{ ...reading, finished: undefined }];
    if (reading.outer === undefined) {
      this.#firstLine += this.#lines.length;
      this.#lines = [];
    }
    return blocks;
  }

  #cutOut(newest: FinishedBlock | undefined): FencedBlock[] {
    const blocks: FencedBlock[] = [];
    for (let finished = newest; finished !== undefined; finished = finished.previous) blocks.push(this.#block(finished));
    return blocks.toReversed();
  }

  #block({ outer, endLine, closed }: FinishedBlock): FencedBlock {
    const lines = this.#lines.slice(outer.firstLine - this.#firstLine, endLine - this.#firstLine);
    const opening = this.#lines[outer.firstLine - 1 - this.#firstLine]!;
    const start = opening.start + opening.text.length + opening.ending.length;
    const last = lines.at(-1);
    const end = last === undefined ? start : last.start + last.text.length + last.ending.length;
    const indentation = new RegExp(`^ {0,${outer.fence.indentation}}`);
    const content = lines
      .map(({ text, ending }) => (outer.fence.indentation === 0 ? text : text.replace(indentation, '')) + ending)
      .join('');
    return { info: outer.info, leading: outer.leading, content, range: [start, end], closed };
  }
}
