import { commentText, pathOfComment } from './first-comment.ts';
import { isMarkdownPath } from '../names/languages.ts';
import { editMarkerOf, isWordedMarker } from '../scan/edit-marker.ts';
import { claimedPath } from '../names/claimed-path.ts';
import { pathOfMarker } from './file-marker.ts';
import { linesOf } from '../edits/lines-of.ts';

/** An edit between its markers. */
export interface ParsedEdit {
  /** The path in a line right above it within the same block. */
  path: string | undefined;
  before: string;
  after: string;
  /** Which marker it lacks, if any. */
  lacks: 'start' | 'separator' | 'end' | undefined;
  /** Its position in the content, including its markers. */
  start: number;
  end: number;
}

/**
 * The edits of a content that otherwise contains only blank lines, lines that name files, and, between markers that only edits have, remarks.
 * @param path The block's name, if any: a document may quote edits.
 * @returns undefined for any other content: it is a file that happens to contain such markers, or it has none.
 */
export function parseEdits(content: string, path?: string): ParsedEdit[] | undefined {
  if (!/^[<>+＜＞-]{5}/m.test(content)) return undefined;
  const lines = linesOf(content);
  const markers = lines.map(editMarkerOf);
  const isWorded =
    lines.some((line, index) => markers[index] !== undefined && isWordedMarker(line)) && !(path !== undefined && isMarkdownPath(path));
  const first = markers.findIndex((marker) => marker !== undefined);
  if (
    isWorded &&
    markers[first] !== 'before' &&
    markers.includes('after') &&
    !markers.slice(0, markers.indexOf('after')).includes('before')
  )
    return [{ path: undefined, before: '', after: '', lacks: 'start', start: 0, end: content.length }];
  return editsIn(lines, markers, isWorded);
}

function editsIn(lines: string[], markers: Markers, isWorded: boolean): ParsedEdit[] | undefined {
  const edits: ParsedEdit[] = [];
  let path: string | undefined;
  let offset = 0;
  for (let index = 0; index < lines.length;) {
    if (markers[index] !== 'before') {
      const text = lines[index]!.trim();
      const isFence = text === '' || /^[`~]{3,}[\w+-]*$/.test(text);
      const named = isFence ? undefined : (pathOfMarker(text) ?? pathInComment(text) ?? claimedPath(text));
      if (named === undefined && !isFence && !(isWorded && isRemark(text))) return undefined;
      path = named ?? path;
      offset += lines[index]!.length;
      index += 1;
      continue;
    }
    path = pathInMarker(lines[index]!) ?? path;
    const { before, after, lacks, next } = readEdit(lines, markers, index);
    const length = lines.slice(index, next).reduce((sum, line) => sum + line.length, 0);
    edits.push({ path, before, after, lacks, start: offset, end: offset + length });
    offset += length;
    index = next;
  }
  return edits.length === 0 ? undefined : edits;
}

/** `<<<<<<< SEARCH src/app.py`. */
function pathInMarker(line: string): string | undefined {
  const name = /^<{5,9} ?[A-Z]{3,10}[: ]{1,3}(\S{1,300})\s*$/.exec(line)?.[1];
  return name === undefined ? undefined : claimedPath(name);
}

function pathInComment(line: string): string | undefined {
  const text = commentText(line);
  return text === undefined ? undefined : pathOfComment(text);
}

/** Whether it is a comment, an ellipsis, a tag, or a sentence, which between edits is not a line of a file. */
function isRemark(line: string): boolean {
  if (commentText(line) !== undefined || /^(?:\.{3}|…|\*+ .*|<\/?[\w:-]+>|={3,}|>{3,}|:\w+:.*)$/.test(line)) return true;
  return /^(?:[-*] |\d{1,3}[.)] )?[\p{Lu}"'`*][^;{}=]{8,300}[:.]\**$/u.test(line) && line.includes(' ');
}

type Markers = ReturnType<typeof editMarkerOf>[];

function readEdit(lines: string[], markers: Markers, first: number): Pick<ParsedEdit, 'before' | 'after' | 'lacks'> & { next: number } {
  const middle = nextMarker(markers, first + 1, lines.length);
  const before = withoutLineNumbers(lines.slice(first + 1, middle)).join('');
  if (markers[middle] !== 'separator') {
    const next = markers[middle] === 'after' ? middle + 1 : middle;
    return { before, after: '', lacks: 'separator', next };
  }
  let end = nextMarker(markers, middle + 1, lines.length);
  if (markers[end] === 'separator') {
    // A second line of equals signs: part of the new text, the end instead of the last marker, or right before that.
    const last = nextMarker(markers, end + 1, lines.length);
    if (markers[last] === 'after') {
      const isDoubled = lines.slice(end + 1, last).every((line) => line.trim() === '');
      const to = isDoubled ? end : last;
      return { before, after: lines.slice(middle + 1, to).join(''), lacks: undefined, next: last + 1 };
    }
    return { before, after: lines.slice(middle + 1, end).join(''), lacks: undefined, next: end + 1 };
  }
  const lacks = markers[end] === 'after' ? undefined : 'end';
  const after = lines.slice(middle + 1, end).join('');
  if (lacks === undefined) end += 1;
  return { before, after, lacks, next: end };
}

/** Removes `:start_line:12` and a line of dashes, which some agents put below the first marker. */
function withoutLineNumbers(lines: string[]): string[] {
  if (!/^:(?:start|end)_line:/.test(lines[0] ?? '')) return lines;
  const dashes = lines.findIndex((line) => /^-{5,9}\s*$/.test(line));
  return lines.slice(dashes === -1 || dashes > 3 ? lines.findIndex((line) => !line.startsWith(':')) : dashes + 1);
}

function nextMarker(markers: Markers, from: number, none: number): number {
  for (let index = from; index < markers.length; index += 1) if (markers[index] !== undefined) return index;
  return none;
}
