import { diff3Merge } from 'node-diff3';

/** One place that both sides have changed. */
export interface ConflictPlace {
  /** Line of the project's file, from 1. */
  line: number;
  project: string[];
  /** The lines that were there when the run read the file. */
  base: string[];
  run: string[];
}

export type MergedText =
  | { kind: 'merged'; content: Uint8Array }
  | { kind: 'conflict'; places: ConflictPlace[] }
  /** Why the texts cannot be merged, as the end of a sentence. */
  | { kind: 'unmergeable'; why: string };

export interface TextsToMerge {
  base: Uint8Array;
  project: Uint8Array;
  run: Uint8Array;
}

/** The library's work grows with the pairs of equal lines times the lines. This much takes about a second. */
const mostWork = 400_000_000;

const byteOrderMark = '\uFEFF';

/**
 * Merges a project's and a run's version of one text. Line endings and the byte order mark are those of the project's file: models do not choose theirs on
 * purpose.
 */
export function mergeTexts({ base, project, run }: TextsToMerge): MergedText {
  const [original, ours, theirs] = [readText(base), readText(project), readText(run)];
  if (original === undefined || ours === undefined || theirs === undefined) return { kind: 'unmergeable', why: 'it is no text' };
  const all = [ours.lines, original.lines, theirs.lines];
  const start = commonStart(all);
  const end = commonStart(all.map((lines) => lines.slice(start).toReversed()));
  const [a, o, b] = all.map((lines) => lines.slice(start, lines.length - end)) as [string[], string[], string[]];
  if (workFor(o, a) + workFor(o, b) > mostWork) return { kind: 'unmergeable', why: 'it has too many lines' };
  const regions = diff3Merge(a, o, b);
  const places = regions.flatMap(({ conflict }): ConflictPlace[] =>
    conflict === undefined ? [] : [{ line: start + conflict.aIndex + 1, project: conflict.a, base: conflict.o, run: conflict.b }],
  );
  if (places.length > 0) return { kind: 'conflict', places };
  const merged = regions.flatMap(({ ok }) => ok ?? []);
  const lines = [...ours.lines.slice(0, start), ...merged, ...ours.lines.slice(ours.lines.length - end)];
  return { kind: 'merged', content: Buffer.from(ours.mark + lines.join(ours.lineEnd)) };
}

/** How many lines all of them have in common at their beginning. */
function commonStart(texts: readonly (readonly string[])[]): number {
  const [first = [], ...others] = texts;
  const differs = first.findIndex((line, index) => others.some((other) => other[index] !== line));
  return differs === -1 ? first.length : differs;
}

/** Whether two texts are the same except for line endings and the byte order mark. */
export function sameText(a: Uint8Array, b: Uint8Array): boolean {
  const [one, other] = [readText(a), readText(b)];
  return one !== undefined && other !== undefined && one.lines.join('\n') === other.lines.join('\n');
}

interface Text {
  /** The last one is empty if the text ends with a line ending. */
  lines: string[];
  lineEnd: '\n' | '\r\n';
  mark: string;
}

function readText(content: Uint8Array): Text | undefined {
  if (content.includes(0)) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const lines = text.slice(mark.length).split('\n');
  // Only if every line ends so: otherwise a carriage return is part of its line.
  const ended = lines.slice(0, -1);
  const isWindows = ended.length > 0 && ended.every((line) => line.endsWith('\r'));
  return {
    lines: isWindows ? [...ended.map((line) => line.slice(0, -1)), lines.at(-1)!] : lines,
    lineEnd: isWindows ? '\r\n' : '\n',
    mark,
  };
}

function workFor(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of a) counts.set(line, (counts.get(line) ?? 0) + 1);
  let pairs = 0;
  for (const line of b) pairs += counts.get(line) ?? 0;
  return pairs * Math.max(a.length, b.length);
}
