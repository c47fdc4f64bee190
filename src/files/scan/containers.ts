import { firstInk } from './text-positions.ts';

/** A list item or a quote that a line is in. */
export type Container =
  | { kind: 'quote' }
  /** `indentation`: how many columns its content is to the right of its parent's. */
  | { kind: 'item'; indentation: number };

/** How many of its containers a line continues. */
export interface EnteredLine {
  /** How many of the containers the line continues, outermost first. */
  matched: number;
  /** The rest of the line. */
  rest: string;
}

const tabStop = 4;
const space = 32;
const tab = 9;

/** Walks along one line by columns; part of a tab may be taken. */
class LineWalk {
  readonly text: string;
  offset = 0;
  column = 0;
  /** The remaining columns of a tab that was taken in part. */
  #spare = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The columns of white space from here, at most `most`, without taking them. */
  indentation(most: number): number {
    let columns = this.#spare;
    let column = this.column + this.#spare;
    for (let at = this.offset; columns < most; at += 1) {
      const code = this.text.charCodeAt(at);
      if (code === space) columns += 1;
      else if (code === tab) columns += tabStop - (column % tabStop);
      else break;
      column = this.column + columns;
    }
    return Math.min(columns, most);
  }

  /** Takes as many columns of white space as there are, at most `most`. */
  takeIndentation(most: number): number {
    let left = most;
    while (left > 0) {
      if (this.#spare > 0) {
        const taken = Math.min(this.#spare, left);
        this.#spare -= taken;
        this.column += taken;
        left -= taken;
        continue;
      }
      const code = this.text.charCodeAt(this.offset);
      if (code === space) {
        this.column += 1;
        left -= 1;
      } else if (code === tab) this.#spare = tabStop - (this.column % tabStop);
      else break;
      this.offset += 1;
    }
    return most - left;
  }

  takeText(length: number): void {
    this.offset += length;
    this.column += length;
  }

  get isBlank(): boolean {
    return /^[ \t]*$/.test(this.text.slice(this.offset));
  }

  get rest(): string {
    return ' '.repeat(this.#spare) + this.text.slice(this.offset);
  }
}

/** @param manner `loose` accepts any part of a list item's indentation, because models forget it within a block. */
function enter(text: string, containers: readonly Container[], manner: 'exact' | 'loose'): { matched: number; walk: LineWalk } {
  const walk = new LineWalk(text);
  let matched = 0;
  for (const container of containers) {
    if (container.kind === 'quote') {
      const indentation = walk.indentation(tabStop);
      if (indentation >= tabStop || walk.text[skipWhiteSpace(walk)] !== '>') break;
      walk.takeIndentation(indentation);
      walk.takeText(1);
      walk.takeIndentation(1);
    } else {
      const reaches = walk.indentation(container.indentation) === container.indentation;
      if (!reaches && manner === 'exact' && !walk.isBlank) break;
      walk.takeIndentation(container.indentation);
    }
    matched += 1;
  }
  return { matched, walk };
}

function skipWhiteSpace({ text, offset }: LineWalk): number {
  let at = offset;
  while (text.charCodeAt(at) === space || text.charCodeAt(at) === tab) at += 1;
  return at;
}

/** Follows a line into these containers. */
export function enterContainers(text: string, containers: readonly Container[], manner: 'exact' | 'loose' = 'exact'): EnteredLine {
  const { matched, walk } = enter(text, containers, manner);
  return { matched, rest: walk.rest };
}

const thematicBreak = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const listMarker = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/;

/** Whether a line by itself is text of a paragraph and not a heading, a rule or a fence. */
export function isParagraph(text: string): boolean {
  const line = text.trim();
  return line !== '' && !/^(?:#{1,6}(?:[ \t]|$)|`{3}|~{3})/.test(line) && !thematicBreak.test(line);
}

/** The containers around the rest of a line of text, and that rest. `previous`: the previous line, if it is not blank. */
export function followContainers(
  text: string,
  open: readonly Container[],
  previous: string | undefined,
): { containers: readonly Container[]; rest: string } {
  if (open.length === 0 && !opensContainer(text)) return { containers: open, rest: text };
  const { matched, walk } = enter(text, open, 'exact');
  const opened: Container[] = [];
  const continues = previous !== undefined && isParagraph(previous);
  for (;;) {
    const container = openContainer(walk, continues && opened.length === 0 && matched === open.length);
    if (container === undefined) break;
    opened.push(container);
  }
  const { rest } = walk;
  // A paragraph may continue without the marks of its containers.
  const lazy = matched < open.length && opened.length === 0 && continues && isParagraph(rest);
  if (lazy || (matched === open.length && opened.length === 0)) return { containers: open, rest };
  return { containers: [...open.slice(0, matched), ...opened], rest };
}

const mostContainers = 20;

/** Whether a line's first character can be that of a quote or a list item. */
function opensContainer(text: string): boolean {
  const first = text.charCodeAt(firstInk(text, 0, text.length));
  return first === 62 || first === 42 || first === 43 || first === 45 || (first >= 48 && first <= 57);
}

function openContainer(walk: LineWalk, inParagraph: boolean): Container | undefined {
  const indentation = walk.indentation(tabStop);
  const at = skipWhiteSpace(walk);
  if (indentation >= tabStop || at > mostContainers * tabStop) return undefined;
  if (walk.text[at] === '>') {
    walk.takeIndentation(indentation);
    walk.takeText(1);
    walk.takeIndentation(1);
    return { kind: 'quote' };
  }
  const content = walk.text.slice(at);
  const marker = listMarker.exec(content);
  if (marker === null || thematicBreak.test(content)) return undefined;
  const [mark, number] = marker as unknown as [string, string | undefined];
  const isEmpty = content.slice(mark.length).trim() === '';
  if (inParagraph && (isEmpty || (number !== undefined && Number(number) !== 1))) return undefined;
  walk.takeIndentation(indentation);
  walk.takeText(mark.length);
  const spaces = walk.indentation(tabStop + 1);
  const padding = isEmpty || spaces > tabStop ? 1 : spaces;
  walk.takeIndentation(padding);
  return { kind: 'item', indentation: indentation + mark.length + padding };
}

/**
 * A line of a block's content without the indentation of its containers and its fence. A tab is removed only as a whole: files that need their tabs keep them.
 */
export function withoutContainers(text: string, containers: readonly Container[], fenceIndentation: number): string {
  let columns = fenceIndentation;
  let offset = 0;
  for (const [index, container] of containers.entries()) {
    if (container.kind === 'item') columns += container.indentation;
    else {
      const { walk, matched } = enter(text, containers.slice(0, index + 1), 'loose');
      if (matched <= index) return text;
      columns = fenceIndentation;
      offset = walk.offset;
    }
  }
  let column = 0;
  while (column < columns) {
    const code = text.charCodeAt(offset);
    const width = code === space ? 1 : code === tab ? tabStop - (column % tabStop) : columns + 1;
    if (column + width > columns) break;
    column += width;
    offset += 1;
  }
  return text.slice(offset);
}
