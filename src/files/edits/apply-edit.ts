import { closestLines } from './closest-lines.ts';
import { findLines } from './find-lines.ts';
import { linesOf, withoutEnding } from './lines-of.ts';

/** Why an edit was not made. */
export type EditRefusalReason = 'edit_not_found' | 'edit_ambiguous' | 'edit_no_file';

export type EditResult = { kind: 'applied'; content: string } | { kind: 'refused'; reason: EditRefusalReason; why: string };

export interface LineEdit {
  before: string;
  after: string;
  /** Roughly where the lines are, from 1. */
  line?: number | undefined;
  /** A line above them. */
  anchor?: string | undefined;
}

/**
 * Makes an edit. Its left side is looked for line by line: as it is; then ignoring white space at line ends; then with all of it indented differently, and the
 * new lines are then indented the same way; then without the blank lines around it; and last in the pieces between lines of dots on both sides. Line endings
 * are the file's. If the new lines are there already and the old ones are not, nothing is left to do. An empty left side replaces the whole file or creates it.
 * @param content The current file. Undefined if there is none.
 */
export function applyEdit(content: string | undefined, edit: LineEdit): EditResult {
  const { before, after } = edit;
  if (before.trim() === '') return { kind: 'applied', content: after };
  if (content === undefined) return refused('edit_no_file', 'there is no such file yet');
  const result = applyAsItIs(content, edit);
  if (result.kind === 'applied' || result.reason !== 'edit_not_found') return result;
  const bare = { ...edit, before: withoutBlankEdges(before), after: withoutBlankEdges(after) };
  const again = bare.before === before ? result : applyAsItIs(content, bare);
  return again.kind === 'applied' ? again : (applyInPieces(content, edit) ?? result);
}

function applyAsItIs(content: string, { before, after, line, anchor }: LineEdit): EditResult {
  const lines = linesOf(content);
  const texts = lines.map(withoutEnding);
  const wanted = linesOf(before).map(withoutEnding);
  const places = findLines(texts, wanted);
  const place = places.length === 1 ? places[0] : (belowAnchor(places, texts, anchor) ?? nearest(places, line));
  if (place !== undefined) return { kind: 'applied', content: replaced(lines, place, wanted.length, after) };
  if (places.length > 1)
    return refused('edit_ambiguous', `its left side stands in the file ${places.length} times; it must quote more lines`);
  const isDone = after.trim() !== '' && findLines(texts, linesOf(after).map(withoutEnding)).length === 1;
  if (isDone) return { kind: 'applied', content };
  return refused('edit_not_found', `its left side is not in the file. ${closestLines(texts, wanted)}`);
}

function withoutBlankEdges(text: string): string {
  const lines = linesOf(text);
  const isText = (line: string) => line.trim() !== '';
  return lines.slice(Math.max(0, lines.findIndex(isText)), lines.findLastIndex(isText) + 1).join('');
}

const dots = /^\s*(?:(?:#|\/\/)\s*)?(?:\.{3}|…)\s*$/;

/** If lines of dots leave out the same places on both sides, each piece is an edit of its own, below the one before. */
function applyInPieces(content: string, { before, after }: LineEdit): EditResult | undefined {
  const [old, fresh] = [piecesOf(before), piecesOf(after)];
  if (old.length < 2 || old.length !== fresh.length) return undefined;
  let done = '';
  let rest = content;
  for (const [index, piece] of old.entries()) {
    if (piece.trim() === '') {
      if (fresh[index]!.trim() !== '') return undefined;
      continue;
    }
    const lines = linesOf(rest);
    const wanted = linesOf(piece).map(withoutEnding);
    const [place, ...others] = findLines(lines.map(withoutEnding), wanted);
    if (place === undefined || others.length > 0) return undefined;
    const next = place.index + wanted.length;
    done += replaced(lines.slice(0, next), place, wanted.length, fresh[index]!);
    rest = lines.slice(next).join('');
  }
  return { kind: 'applied', content: done + rest };
}

function piecesOf(text: string): string[] {
  const pieces = [''];
  for (const line of linesOf(text)) {
    if (dots.test(line)) pieces.push('');
    else pieces[pieces.length - 1] += line;
  }
  return pieces;
}

type Place = ReturnType<typeof findLines>[number];

/** The first place below the line that equals, or else begins with, the anchor. */
function belowAnchor(places: Place[], texts: readonly string[], anchor: string | undefined): Place | undefined {
  const words = anchor?.trim() ?? '';
  if (words === '') return undefined;
  const at = anchorIn(texts, words);
  return at === -1 ? undefined : places.find(({ index }) => index >= at);
}

function anchorIn(texts: readonly string[], words: string): number {
  const exact = texts.findIndex((text) => text.trim() === words);
  return exact === -1 ? texts.findIndex((text) => text.trim().startsWith(words)) : exact;
}

export interface LineInsertion {
  after: string;
  line?: number | undefined;
  anchor?: string | undefined;
}

/** Adds lines to a file, with its line endings. Without a file they become a new one. */
export function applyInsertion(content: string | undefined, { after, line, anchor }: LineInsertion): EditResult {
  if (content === undefined)
    return anchor === undefined ? { kind: 'applied', content: after } : refused('edit_no_file', 'there is no such file yet');
  const lines = linesOf(content);
  const at = anchor === undefined ? placeOfLine(lines, line) : anchorIn(lines.map(withoutEnding), anchor.trim()) + 1;
  if (at === 0 && anchor !== undefined)
    return refused(
      'edit_not_found',
      `the line that it is to follow is not in the file: ${closestLines(lines.map(withoutEnding), [anchor])}`,
    );
  const [first = ''] = lines;
  const ending = first.slice(withoutEnding(first).length) || '\n';
  const above = lines.slice(0, at).join('');
  const fresh = linesOf(after).map((text) => withoutEnding(text) + ending);
  const needsEnding = above !== '' && withoutEnding(above) === above;
  return { kind: 'applied', content: above + (needsEnding ? ending : '') + fresh.join('') + lines.slice(at).join('') };
}

function placeOfLine(lines: readonly string[], line: number | undefined): number {
  return line === undefined || line < 1 ? lines.length : Math.min(line - 1, lines.length);
}

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
