import { closestLines } from './closest-lines.ts';
import { findLines } from './find-lines.ts';
import { linesOf, withoutEnding } from './lines-of.ts';

/** Why an edit was not made. */
export type EditRefusalReason = 'edit_not_found' | 'edit_ambiguous' | 'edit_no_file';

export type EditResult = { kind: 'applied'; content: string } | { kind: 'refused'; reason: EditRefusalReason; why: string };

export interface LineEdit {
  before: string;
  after: string;
  /** About where the lines stand, from 1. */
  line?: number | undefined;
}

/**
 * Makes an edit. Its left side is looked for line by line: as it is, then without regard to white space at the ends of lines, then with all of it
 * indented differently, by which the new lines are indented too. Line endings are the file's. Where the new lines stand there already and the old ones do
 * not, nothing is left to do. Nothing on the left side replaces the whole file or creates it.
 * @param content The file as it is; undefined where there is none.
 */
export function applyEdit(content: string | undefined, { before, after, line }: LineEdit): EditResult {
  if (before.trim() === '') return { kind: 'applied', content: after };
  if (content === undefined) return refused('edit_no_file', 'there is no such file yet');
  const lines = linesOf(content);
  const wanted = linesOf(before).map(withoutEnding);
  const places = findLines(lines.map(withoutEnding), wanted);
  const place = places.length === 1 ? places[0] : nearest(places, line);
  if (place !== undefined) return { kind: 'applied', content: replaced(lines, place, wanted.length, after) };
  if (places.length > 1)
    return refused('edit_ambiguous', `its left side stands in the file ${places.length} times; it must quote more lines`);
  const isDone = after.trim() !== '' && findLines(lines.map(withoutEnding), linesOf(after).map(withoutEnding)).length === 1;
  if (isDone) return { kind: 'applied', content };
  return refused('edit_not_found', `its left side is not in the file. ${closestLines(lines.map(withoutEnding), wanted)}`);
}

type Place = ReturnType<typeof findLines>[number];

/** The place that is clearly nearer to the line than the others. */
function nearest(places: Place[], line: number | undefined): Place | undefined {
  if (line === undefined) return undefined;
  const sorted = places.toSorted((one, other) => Math.abs(one.index + 1 - line) - Math.abs(other.index + 1 - line));
  const [first, second] = sorted.map(({ index }) => Math.abs(index + 1 - line));
  return first !== undefined && second !== undefined && first < second ? sorted[0] : undefined;
}

function replaced(lines: string[], { index, indent }: Place, length: number, after: string): string {
  const first = lines[index]!;
  const ending = first.slice(withoutEnding(first).length) || '\n';
  const last = lines[index + length - 1]!;
  const texts = linesOf(after).map((line) => indent(withoutEnding(line)));
  const fresh = texts.map((text, position) => {
    const isLastOfFile = position === texts.length - 1 && index + length === lines.length;
    return isLastOfFile && withoutEnding(last) === last ? text : text + ending;
  });
  return [...lines.slice(0, index), ...fresh, ...lines.slice(index + length)].join('');
}

function refused(reason: EditRefusalReason, why: string): EditResult {
  return { kind: 'refused', reason, why };
}
