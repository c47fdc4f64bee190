import { withoutContainers } from './containers.ts';
import type { FileName } from '../file-format.ts';
import type { FencedBlock, FenceOpening } from '../fenced-block.ts';
import { followLine } from './follow-block.ts';
import { HeldText } from './held-text.ts';
import { KnownNames } from './known-names.ts';
import { isMarkdownLanguage, isMarkdownPath, isTalkLanguage, languageOfInfo } from '../names/languages.ts';
import { LineCutter } from './line-cutter.ts';
import { endReading, firstReading, type FenceBlock, type FinishedBlock, type Reading, type Surroundings } from './reading.ts';
import { OtherFences } from './other-fences.ts';
import { OpenText } from './open-text.ts';
import { RecentLines } from './recent-lines.ts';
import { lines, matters, scanModeOf, type ScanMode } from './scan-mode.ts';
import type { SourceLine } from './source-line.ts';
import {
  endOfLine,
  endsWithFence,
  firstInk,
  indexOrEnd,
  isBareFence,
  isColon,
  isFenceCharacter,
  isOpeningCharacter,
  kindOfLineBefore,
  kindOfOnlyLine,
  lastInk,
  lineBefore,
  nextOpeningLine,
  startOfFenceLine,
  startOfLine,
} from './text-positions.ts';

/** In longer pieces lines are skipped by search, not one by one. */
const shortPiece = 400;

/** A long reply with real files has some hundreds. */
const mostUnclearLines = 10_000;

/**
 * Finds the blocks of a reply while it arrives. Chunks may be cut anywhere; the blocks are the same. The time is linear in the length of the reply. It holds
 * the text from the oldest block that is not settled yet.
 *
 * The rules for fences are CommonMark's, also in list items and quotes, and some more, because models do not follow them. A Markdown file in a block may
 * contain examples between fences of the same length; a file may begin before the previous one was closed; a fence may be stuck to the last line of code. Later
 * lines, or the end of the reply, settle what such a fence means, and the reading with whole blocks wins. Files between tags and edits between markers are
 * blocks too. Blocks come out in order, as soon as they are settled.
 */
export class FenceScanner {
  readonly #surroundings: Surroundings;
  readonly #lines = new LineCutter();
  readonly #held = new HeldText();
  readonly #open = new OpenText((from, to) => this.#held.slice(from, to));
  readonly #recent = new RecentLines();
  readonly #others = new OtherFences();
  #readings: Reading[] = [firstReading];
  #mode: ScanMode = lines.openings;
  #before: SourceLine['before'] = 'blank';
  #previous: string | undefined;
  #steps = 0;
  /** How many lines led to several readings other than those before. */
  #unclear = 0;

  /** @param nameOf Returns the file that a block names when it opens; it decides what is a Markdown file. */
  constructor(nameOf: (opening: FenceOpening) => FileName | undefined) {
    const names = new KnownNames(nameOf);
    this.#surroundings = {
      kindOf: (opening) => kindOf(opening, names),
      isNamed: (opening) => names.nameOf(opening) !== undefined,
      leading: (from) => this.#recent.from(from),
      isInText: ({ info, contentStart }, position) => this.#unclear < mostUnclearLines && this.#open.isOpen(info, contentStart, position),
    };
  }

  /** The work so far: lines times the number of their readings. It grows only with the length of the reply. */
  get steps(): number {
    return this.#steps;
  }

  /** @returns the blocks that this chunk has settled. */
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
    let nextReturn = -1;
    let nextTag = -1;
    let at = 0;
    while (at < piece.length) {
      if (this.#mode === lines.code) {
        at = this.#skipCode(piece, at, base);
        if (at === piece.length) break;
      } else if (this.#mode === lines.openings && base + at > 0 && piece.length - at > shortPiece) {
        at = this.#skipText(piece, at, base);
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
      const mode = this.#mode;
      if ((mode & lines.tags) !== 0 && nextTag < at) nextTag = indexOrEnd(piece, '<', at);
      const mayChange = blank
        ? mode >= lines.every || mode === lines.code
        : matters(mode, piece.charCodeAt(first)) ||
          ((mode & lines.tags) !== 0 && nextTag < textEnd) ||
          ((mode & lines.fenceEnds) !== 0 && isFenceCharacter(lastInk(piece, textEnd)));
      if (mayChange) {
        const line = { text, start: base + start, end: base + end, blank, before: this.#before, previous: this.#previous };
        this.#readings = this.#plausible(followLine(this.#readings, line, this.#surroundings));
        this.#mode = scanModeOf(this.#readings);
        this.#settle(blocks);
      }
      this.#recent.add(text, base + start, base + end, blank);
      this.#before = blank ? 'blank' : isColon(lastInk(piece, textEnd)) ? 'colon' : 'other';
      this.#previous = blank ? undefined : text;
      at = end;
    }
    // A diff is recognised only by its second line.
    const isSettled = this.#readings.length === 1 && this.#readings[0]!.outer === undefined && this.#previous?.startsWith('--- ') !== true;
    if (isSettled) this.#held.forgetBefore(this.#held.end);
    return blocks;
  }

  /** After very many lines with several readings, only the cheapest reading is kept for each: the time stays linear, and such a text is not a real reply. */
  #plausible(next: Reading[]): Reading[] {
    if (next.length === 1) return next;
    if (this.#unclear === mostUnclearLines) return next.slice(0, 1);
    if (next.length !== this.#readings.length || next.some((reading, index) => reading !== this.#readings[index])) this.#unclear += 1;
    return next;
  }

  /** The start of the next line that may open something; the end of the piece if there is none. A line at `from` is examined separately. */
  #skipText(piece: string, from: number, base: number): number {
    this.#steps += 1;
    if (isOpeningCharacter(piece.charCodeAt(firstInk(piece, from, piece.length)))) return from;
    const found = nextOpeningLine(piece, from);
    const next = found === -1 ? piece.length : found;
    this.#recent.addPassed(piece, from, next, base);
    this.#before = kindOfLineBefore(piece, next, from, this.#before);
    this.#previous = this.#before === 'blank' ? undefined : lineBefore(piece, next, from);
    return next;
  }

  /** The start of the next line that may end the only open block of code; the end of the piece if there is none. */
  #skipCode(piece: string, from: number, base: number): number {
    const outer = this.#readings[0]!.outer!;
    if (outer.delimiter !== 'fence') return from;
    // A streamed reply comes line by line.
    const onlyLine = piece.length - from <= shortPiece ? kindOfOnlyLine(piece, from) : undefined;
    if (onlyLine !== undefined) {
      this.#steps += 1;
      this.#before = onlyLine;
      return piece.length;
    }
    const { character, marks, length } = outer.fence;
    const wanted = length > 3 && outer.info !== '' && !outer.namesInText ? marks.slice(0, 3) : marks;
    const isExhausted = this.#unclear === mostUnclearLines;
    const other = outer.info === '' || isExhausted ? -1 : this.#others.next(piece, base, from, character);
    for (let at = from; ;) {
      this.#steps += 1;
      const found = piece.indexOf(wanted, at);
      if (other !== -1 && (found === -1 || other < found)) {
        if (other > from) this.#before = kindOfLineBefore(piece, other, from, this.#before);
        return other;
      }
      if (found === -1) {
        this.#before = kindOfLineBefore(piece, piece.length, from, this.#before);
        return piece.length;
      }
      const lineStart = startOfFenceLine(piece, found, from);
      const lineEnd = endOfLine(piece, found);
      const mayEnd = isExhausted
        ? lineStart !== undefined && isBareFence(piece, found, lineEnd, character)
        : lineStart !== undefined || endsWithFence(piece, found, lineEnd, character);
      if (mayEnd) {
        const start = lineStart ?? startOfLine(piece, found, from);
        if (start > from) this.#before = kindOfLineBefore(piece, start, from, this.#before);
        if (lineStart !== undefined && !isBareFence(piece, found, lineEnd, character)) this.#lookBack(outer.contentStart, base + start);
        return start;
      }
      at = lineEnd;
    }
  }

  #lookBack(from: number, to: number): void {
    this.#recent.lookBack(from, to, (start, end) => this.#held.slice(start, end));
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
    return blocks.toReversed();
  }

  #block({ outer, end, closed }: FinishedBlock): FencedBlock {
    const { delimiter, info, leading, contentStart } = outer;
    const last = Math.max(contentStart, end);
    const text = this.#held.slice(contentStart, last);
    const indented = delimiter === 'fence' && (outer.containers.length > 0 || outer.fence.indentation > 0);
    const content = indented ? withoutIndentation(text, outer) : text;
    return { delimiter, info, leading, content, range: [contentStart, last], closed };
  }
}

/** If lines lack the indentation of their list item, only their common indentation is removed: the rest is part of the code. */
function withoutIndentation(text: string, { containers, fence, loose }: FenceBlock): string {
  const lines = /[^\r\n]+/g;
  const isLoose = loose && containers.every(({ kind }) => kind === 'item');
  const indentation = isLoose ? sharedIndentation(text.match(lines) ?? []) : fence.indentation;
  return text.replaceAll(lines, (line) => withoutContainers(line, isLoose ? [] : containers, indentation));
}

function sharedIndentation(lines: readonly string[]): number {
  const indentations = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)![0].length);
  return indentations.reduce((least, indentation) => Math.min(least, indentation), Number.MAX_SAFE_INTEGER);
}

/** A block in a programming language is a Markdown file only if something says so. Asking all formats takes longer than reading the block. */
function kindOf(opening: FenceOpening, names: KnownNames): 'markdown' | 'other' {
  const language = languageOfInfo(opening.info);
  if (isMarkdownLanguage(language)) return 'markdown';
  const isCode = language !== undefined && !isTalkLanguage(language);
  if (isCode && !hintsAtMarkdown(opening.info) && !opening.leading.some(hintsAtMarkdown)) return 'other';
  const name = names.nameOf(opening);
  return isMarkdownLanguage(name?.language) || (name !== undefined && isMarkdownPath(name.path)) ? 'markdown' : 'other';
}

function hintsAtMarkdown(text: string): boolean {
  return /\.(?:md|mdx|markdown)\b/i.test(text);
}
