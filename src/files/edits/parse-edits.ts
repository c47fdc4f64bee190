import { editMarkerOf } from '../scan/edit-marker.ts';
import { claimedPath } from '../formats/claimed-path.ts';
import { pathOfMarker } from '../formats/file-marker.ts';
import { linesOf } from './lines-of.ts';

/** An edit as it stands between its markers. */
export interface ParsedEdit {
  /** Named by a line right above it within the same block. */
  path: string | undefined;
  before: string;
  after: string;
  /** Which marker it lacks, if any. */
  lacks: 'separator' | 'end' | undefined;
  /** Where it stands in the content, its markers included. */
  start: number;
  end: number;
}

/**
 * The edits of a content that holds nothing else but blank lines and lines that name files.
 * @returns undefined for any other content: it is a file that happens to hold such markers, or none at all.
 */
export function parseEdits(content: string): ParsedEdit[] | undefined {
  if (!/^[<-]{5}/m.test(content)) return undefined;
  const lines = linesOf(content);
  const markers = lines.map(editMarkerOf);
  const edits: ParsedEdit[] = [];
  let path: string | undefined;
  let offset = 0;
  for (let index = 0; index < lines.length;) {
    if (markers[index] !== 'before') {
      const text = lines[index]!.trim();
      const named = text === '' || /^[`~]{3,}[\w+-]*$/.test(text) ? undefined : (pathOfMarker(text) ?? claimedPath(text));
      if (named === undefined && text !== '' && !/^[`~]{3,}[\w+-]*$/.test(text)) return undefined;
      path = named ?? path;
      offset += lines[index]!.length;
      index += 1;
      continue;
    }
    const { before, after, lacks, next } = readEdit(lines, markers, index);
    const length = lines.slice(index, next).reduce((sum, line) => sum + line.length, 0);
    edits.push({ path, before, after, lacks, start: offset, end: offset + length });
    offset += length;
    index = next;
  }
  return edits.length === 0 ? undefined : edits;
}

type Markers = ReturnType<typeof editMarkerOf>[];

function readEdit(lines: string[], markers: Markers, first: number): Pick<ParsedEdit, 'before' | 'after' | 'lacks'> & { next: number } {
  const middle = nextMarker(markers, first + 1, lines.length);
  const before = lines.slice(first + 1, middle).join('');
  if (markers[middle] !== 'separator') {
    const next = markers[middle] === 'after' ? middle + 1 : middle;
    return { before, after: '', lacks: 'separator', next };
  }
  let end = nextMarker(markers, middle + 1, lines.length);
  if (markers[end] === 'separator') {
    // A second line of equals signs: part of the new text, the end in place of the last marker, or right before that.
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

function nextMarker(markers: Markers, from: number, none: number): number {
  for (let index = from; index < markers.length; index += 1) if (markers[index] !== undefined) return index;
  return none;
}
