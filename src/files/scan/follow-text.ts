import { enterContainers, followContainers } from './containers.ts';
import { editMarkerOf } from './edit-marker.ts';
import { parseFenceLine, type FenceLine } from './fence-line.ts';
import { cost, finish, type Reading, type Surroundings } from './reading.ts';
import type { LeadingLine, SourceLine } from './source-line.ts';
import { startOfPatch, type LoosePatch } from './loose-patch.ts';
import { isTagEnd, parseTagLine, type TagLine } from './tag-line.ts';
import { endOfThought, endsThought } from './thought-marks.ts';

/** The readings of a line outside of blocks. */
export function followText(reading: Reading, line: SourceLine, surroundings: Surroundings): Reading[] {
  const { containers, rest } = line.blank ? blankIn(reading) : followContainers(line.text, reading.containers, line.previous);
  const within = containers === reading.containers ? reading : { ...reading, containers };
  if (line.blank) return [within];
  const fence = parseFenceLine(rest);
  if (fence !== undefined) return [openFence(within, line, fence, surroundings)];
  const deep = containers.length === 0 ? deepFence(within, line.text, surroundings) : undefined;
  if (deep !== undefined) return [openFence(within, line, deep, surroundings)];
  // `>>>>>>> NEW` looks like seven quotes.
  return containers.length === 0 || editMarkerOf(line.text) === 'after' ? followOther(within, line, surroundings) : [within];
}

/** By CommonMark a fence that is indented by four columns is code. One that names a file still counts as a fence. */
function deepFence(reading: Reading, text: string, surroundings: Surroundings): FenceLine | undefined {
  const first = text.charCodeAt(0);
  if (first !== 32 && first !== 9) return undefined;
  const indentation = /^[ \t]{1,40}(?=`{3}|~{3})/.exec(text)?.[0];
  if (indentation === undefined) return undefined;
  const fence = parseFenceLine(text.slice(indentation.length));
  if (fence === undefined) return undefined;
  const leading = textsOf(surroundings.leading(reading.leadingFrom));
  if (!surroundings.isNamed({ delimiter: 'fence', info: fence.info, leading })) return undefined;
  return { ...fence, indentation: columnsOf(indentation) };
}

function columnsOf(indentation: string): number {
  let columns = 0;
  for (const character of indentation) columns += character === '\t' ? 4 - (columns % 4) : 1;
  return columns;
}

/** A blank line ends a quote, but not list items. */
function blankIn(reading: Reading): Pick<Reading, 'containers'> & { rest: string } {
  const { matched } = enterContainers('', reading.containers);
  return { containers: matched === reading.containers.length ? reading.containers : reading.containers.slice(0, matched), rest: '' };
}

function followOther(reading: Reading, line: SourceLine, surroundings: Surroundings): Reading[] {
  const ignored = { ...reading, cost: reading.cost + cost.ignoredOpening };
  const close = endOfThought(line.text);
  if (close !== undefined) return [openThought(reading, line, close), ignored];
  const patch = startOfPatch(line.text, line.previous);
  if (patch !== undefined) return [openPatch(reading, line, patch, surroundings)];
  const tag = parseTagLine(line.text);
  if (tag?.manner === 'file') return [openTag(reading, line, tag, surroundings), ignored];
  if (tag !== undefined) return isNamedAbove(reading, tag, surroundings) ? [openTag(reading, line, tag, surroundings), ignored] : [reading];
  const marker = editMarkerOf(line.text);
  if (marker === 'before') return [openMarkers(reading, line, surroundings), ignored];
  const isEnd = marker === 'after' || isTagEnd(line.text) || endsThought(line.text);
  return [isEnd ? { ...reading, cost: reading.cost + cost.ignoredEnd } : reading];
}

export function openFence(reading: Reading, line: SourceLine, fence: FenceLine, surroundings: Surroundings): Reading {
  const lines = surroundings.leading(reading.leadingFrom);
  const opening = { delimiter: 'fence' as const, info: fence.info, leading: textsOf(lines) };
  const kind = surroundings.kindOf(opening);
  const bare = fence.info === '';
  const place = lines.length === 0 && reading.leadingFrom === 0 && !surroundings.isNamed(opening) ? 'first' : 'later';
  return {
    ...reading,
    outer: {
      ...opening,
      fence,
      containers: reading.containers,
      contentStart: line.end,
      kind,
      place,
      namesWithin: false,
      loose: false,
      glued: false,
      shorter: undefined,
      namesInText: false,
    },
    leadingFrom: line.end,
    cost: reading.cost + (bare ? cost.bareOuter : 0),
    doubtful: bare ? 'opened' : undefined,
  };
}

function isNamedAbove(reading: Reading, { opening }: TagLine, surroundings: Surroundings): boolean {
  return surroundings.isNamed({ delimiter: 'tag', info: opening, leading: textsOf(surroundings.leading(reading.leadingFrom)) });
}

export function openTag(reading: Reading, line: SourceLine, { tag, opening, length }: TagLine, surroundings: Surroundings): Reading {
  const leading = textsOf(surroundings.leading(reading.leadingFrom));
  const rest = line.text.slice(length);
  const contentStart = rest.trim() === '' ? line.end : line.start + length;
  const outer = { delimiter: 'tag' as const, info: opening, leading, contentStart, tag };
  const close = rest.indexOf(`</${tag}>`);
  if (close === -1) return { ...reading, outer, leadingFrom: line.end };
  return finish(reading, outer, { end: line.start + length + close, closed: true, textFrom: line.end });
}

function openThought(reading: Reading, line: SourceLine, close: string): Reading {
  const outer = { delimiter: 'thought' as const, info: '', leading: [], contentStart: line.end, close };
  return { ...reading, outer, leadingFrom: line.end };
}

/** Until its second line came, the first line of a diff counted as text. */
function openPatch(reading: Reading, line: SourceLine, kind: LoosePatch['kind'], surroundings: Surroundings): Reading {
  const lines = surroundings.leading(reading.leadingFrom);
  const isSecond = kind === 'diff' && lines.at(-1)?.text.startsWith('---') === true;
  const leading = textsOf(isSecond ? lines.slice(0, -1) : lines);
  const contentStart = isSecond ? lines.at(-1)!.start : line.start;
  const outer = { delimiter: 'patch' as const, info: '', leading, contentStart, patch: { kind, left: undefined } };
  return { ...reading, outer, containers: [], leadingFrom: line.end };
}

export function openMarkers(reading: Reading, line: SourceLine, surroundings: Surroundings): Reading {
  const leading = textsOf(surroundings.leading(reading.leadingFrom));
  // The markers are part of the content: an edit is read from all of it.
  const outer = { delimiter: 'markers' as const, info: '', leading, contentStart: line.start, separators: 0 };
  return { ...reading, outer, leadingFrom: line.end };
}

function textsOf(lines: readonly LeadingLine[]): string[] {
  return lines.map(({ text }) => text);
}
