import { withoutContainers } from './containers.ts';
import { fileFormats, nameBlock } from './file-formats.ts';
import type { FileName } from './file-format.ts';
import type { FencedBlock, FenceOpening } from './fenced-block.ts';
import { followLine } from './follow-block.ts';
import { HeldText } from './held-text.ts';
import { isMarkdownLanguage, isMarkdownPath, languageOfInfo } from './languages.ts';
import { LineCutter } from './line-cutter.ts';
import { endReading, firstReading, type FinishedBlock, type OpeningKind, type Reading, type Surroundings } from './reading.ts';
import { RecentLines } from './recent-lines.ts';
import { scanModeOf, type ScanMode } from './scan-mode.ts';
import type { SourceLine } from './source-line.ts';

export interface FenceScannerOptions {
  /** Tells which file a block names when it opens; it decides what is a Markdown file. Default: the built-in formats. */
  nameOf?: ((opening: FenceOpening) => FileName | undefined) | undefined;
}

/**
 * Finds the blocks of a reply while it arrives. Chunks may be cut anywhere; the blocks are the same. The time is linear in the length of the reply; what
 * is held is the text from the oldest block that is not settled yet.
 *
 * The rules for fences are CommonMark's, also in list items and quotes, and some more, because models do not follow them. A block that is a Markdown
 * file may hold examples between fences of its own length; a file may begin before the one before it was closed; a fence may be stuck to the last line
 * of code. What such a fence means is settled by later lines or the end of the reply, and the reading that leaves whole blocks wins. Files between tags
 * and edits between markers are blocks too. Blocks come out in order, as soon as they are settled.
 */
export class FenceScanner {
  readonly #surroundings: Surroundings;
  readonly #lines = new LineCutter();
  readonly #held = new HeldText();
  readonly #recent = new RecentLines();
  #readings: Reading[] = [firstReading];
  #mode: ScanMode = 'text';
  #before: SourceLine['before'] = 'blank';
  #previous: string | undefined;
  #steps = 0;

  constructor({ nameOf = (opening) => nameBlock(fileFormats, opening) }: FenceScannerOptions = {}) {
    this.#surroundings = { kindOf: (opening) => kindOf(opening, nameOf(opening)), leading: (from) => this.#recent.from(from) };
  }

  /** How much work it has been so far: lines times the ways they were read. It grows with the length of the reply and nothing else. */
  get steps(): number {
    return this.#steps;
  }

  /** @returns the blocks that this chunk settled. */
  feed(chunk: string): FencedBlock[] {
    const text = this.#lines.feed(chunk);
    return text === '' ? [] : this.#scan(text);
  }

  /** Ends the reply, and with it the scanner. @returns the blocks that were not settled before, an unclosed one last. */
  end(): FencedBlock[] {
    const rest = this.#lines.end();
    const blocks = rest === '' ? [] : this.#scan(rest);
    const reading = endReading(this.#readings, this.#held.end);
    return [...blocks, ...this.#cutOut(reading.finished)];
  }

  /** @param piece Whole lines. */
  #scan(piece: string): FencedBlock[] {
    const base = this.#held.end;
    this.#held.push(piece);
    const blocks: FencedBlock[] = [];
    let nextReturn = indexOrEnd(piece, '\r', 0);
    let at = 0;
    while (at < piece.length) {
      if (this.#mode === 'code') {
        at = this.#skipCode(piece, at, base);
        if (at === piece.length) break;
      }
      const newline = indexOrEnd(piece, '\n', at);
      if (nextReturn < at) nextReturn = indexOrEnd(piece, '\r', at);
      const textEnd = Math.min(newline, nextReturn);
      const end = Math.min(piece.length, textEnd + (nextReturn + 1 === newline ? 2 : 1));
      this.#steps += this.#readings.length;
      // A byte order mark at the very start is not part of the first line's text.
      const start = base + at === 0 && piece.startsWith('\uFEFF') ? 1 : at;
      const first = firstInk(piece, start, textEnd);
      const blank = first === textEnd;
      const text = piece.slice(start, textEnd);
      if (blank ? this.#mode === 'every' || this.#mode === 'code' : this.#matters(piece.charCodeAt(first), piece, textEnd)) {
        const line = { text, start: base + start, end: base + end, blank, before: this.#before, previous: this.#previous };
        this.#readings = followLine(this.#readings, line, this.#surroundings);
        this.#mode = scanModeOf(this.#readings);
        this.#settle(blocks);
      }
      if (!blank) this.#recent.add(text, base + start, base + end);
      this.#before = blank ? 'blank' : lastInk(piece, textEnd) === colon ? 'colon' : 'other';
      this.#previous = blank ? undefined : text;
      at = end;
    }
    if (this.#readings.length === 1 && this.#readings[0]!.outer === undefined) this.#held.forgetBefore(this.#held.end);
    return blocks;
  }

  /** Whether a line that begins with this character and ends there can change anything. */
  #matters(first: number, piece: string, textEnd: number): boolean {
    switch (this.#mode) {
      case 'every':
      case 'code':
        return true;
      case 'fences':
        return isFenceCharacter(first);
      case 'text':
        return isOpeningCharacter(first);
      case 'mixed':
        return isOpeningCharacter(first) || isFenceCharacter(lastInk(piece, textEnd));
    }
  }

  /** The start of the next line that may end the one open block of code; the end of the piece where there is none. */
  #skipCode(piece: string, from: number, base: number): number {
    const outer = this.#readings[0]!.outer!;
    if (outer.delimiter !== 'fence') return from;
    const { character, length } = outer.fence;
    const fence = character.repeat(length);
    for (let at = from; ;) {
      this.#steps += 1;
      const found = piece.indexOf(fence, at);
      if (found === -1) {
        this.#before = kindOfLineBefore(piece, piece.length, from, this.#before);
        return piece.length;
      }
      const lineStart = startOfFenceLine(piece, found, from);
      const lineEnd = endOfLine(piece, found);
      if (lineStart !== undefined || endsWithFence(piece, found, lineEnd, character)) {
        const start = lineStart ?? startOfLine(piece, found, from);
        if (start > from) this.#before = kindOfLineBefore(piece, start, from, this.#before);
        if (lineStart !== undefined && !isBareFence(piece, found, lineEnd, character)) this.#lookBack(outer.contentStart, base + start);
        return start;
      }
      at = lineEnd;
    }
  }

  #lookBack(from: number, to: number): void {
    const start = Math.max(from, to - 2000);
    this.#recent.replaceWith(this.#held.slice(start, to), start);
  }

  #settle(blocks: FencedBlock[]): void {
    const [reading, ...others] = this.#readings;
    if (reading?.finished === undefined || others.length > 0) return;
    blocks.push(...this.#cutOut(reading.finished));
    this.#readings = [{ ...reading, finished: undefined }];
  }

  #cutOut(newest: FinishedBlock | undefined): FencedBlock[] {
    const blocks: FencedBlock[] = [];
    for (let finished = newest; finished !== undefined; finished = finished.previous) blocks.push(this.#block(finished));
    return blocks.reverse();
  }

  #block({ outer, end, closed }: FinishedBlock): FencedBlock {
    const { delimiter, info, leading, contentStart } = outer;
    const last = Math.max(contentStart, end);
    const text = this.#held.slice(contentStart, last);
    const indented = delimiter === 'fence' && (outer.containers.length > 0 || outer.fence.indentation > 0);
    const content = indented
      ? text.replaceAll(/[^\r\n]+/g, (line) => withoutContainers(line, outer.containers, outer.fence.indentation))
      : text;
    return { delimiter, info, leading, content, range: [contentStart, last], closed };
  }
}

const colon = 58;

function kindOf(opening: FenceOpening, name: FileName | undefined): OpeningKind {
  const language = name?.language ?? languageOfInfo(opening.info);
  const markdown = isMarkdownLanguage(language) || (name !== undefined && isMarkdownPath(name.path));
  return { kind: markdown ? 'markdown' : 'other', named: name !== undefined };
}

function indexOrEnd(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index === -1 ? text.length : index;
}

function firstInk(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}

function endsLine(code: number): boolean {
  return code === 10 || code === 13;
}

function isFenceCharacter(code: number): boolean {
  return code === 96 || code === 126;
}

/** The first characters of fences, tags, markers, quotes and list items. */
function isOpeningCharacter(code: number): boolean {
  return isFenceCharacter(code) || code === 60 || code === 62 || code === 42 || code === 43 || code === 45 || (code >= 48 && code <= 57);
}

/** The last character before this position that is no space. */
function lastInk(text: string, end: number): number {
  let at = end;
  while (at > 0 && isSpace(text.charCodeAt(at - 1))) at -= 1;
  return text.charCodeAt(at - 1);
}

/** How the line ends that stands before this position; `known` where it began before `from`. */
function kindOfLineBefore(text: string, position: number, from: number, known: SourceLine['before']): SourceLine['before'] {
  let at = position;
  if (at > from && text.charCodeAt(at - 1) === 10) at -= 1;
  if (at > from && text.charCodeAt(at - 1) === 13) at -= 1;
  const end = at;
  while (at > from && isSpace(text.charCodeAt(at - 1))) at -= 1;
  if (at === from) return end === position ? known : 'blank';
  if (endsLine(text.charCodeAt(at - 1))) return 'blank';
  return text[at - 1] === ':' ? 'colon' : 'other';
}

/** Where a line begins with a fence, its start; its indentation is judged later. */
function startOfFenceLine(text: string, fence: number, from: number): number | undefined {
  let at = fence;
  while (at > from && text.charCodeAt(at - 1) === 32 && fence - at < 4) at -= 1;
  return at === from || endsLine(text.charCodeAt(at - 1)) ? at : undefined;
}

function startOfLine(text: string, position: number, from: number): number {
  let at = position;
  while (at > from && !endsLine(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && !endsLine(text.charCodeAt(at))) at += 1;
  return at;
}

function endsWithFence(text: string, fence: number, lineEnd: number, character: string): boolean {
  let at = lineEnd;
  while (at > fence && isSpace(text.charCodeAt(at - 1))) at -= 1;
  return text[at - 1] === character;
}

function isBareFence(text: string, fence: number, lineEnd: number, character: string): boolean {
  let at = fence;
  while (text[at] === character) at += 1;
  return firstInk(text, at, lineEnd) === lineEnd;
}
