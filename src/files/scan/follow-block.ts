import { enterContainers } from './containers.ts';
import { editMarkerOf } from './edit-marker.ts';
import { parseFenceLine, type FenceLine } from './fence-line.ts';
import { followText, openFence, openMarkers, openTag } from './follow-text.ts';
import {
  cost,
  finish,
  keepPlausible,
  settleDoubt,
  type FenceBlock,
  type MarkerBlock,
  type PatchBlock,
  type Reading,
  type Surroundings,
  type TagBlock,
  type Thought,
} from './reading.ts';
import type { SourceLine } from './source-line.ts';
import { followPatch } from './loose-patch.ts';
import { parseTagLine } from './tag-line.ts';
import { afterThought } from './thought-marks.ts';

const mostLevels = 8;

/** Every reading after this line, cheapest first. */
export function followLine(readings: readonly Reading[], line: SourceLine, surroundings: Surroundings): Reading[] {
  const [first, ...others] = readings;
  const next =
    others.length === 0
      ? follow(settleDoubt(first!, line.text), line, surroundings)
      : readings.flatMap((reading) => follow(settleDoubt(reading, line.text), line, surroundings));
  const isSame = next.length === readings.length && next.every((reading, index) => reading === readings[index]);
  return next.length === 1 || isSame ? next : keepPlausible(next);
}

function follow(reading: Reading, line: SourceLine, surroundings: Surroundings): Reading[] {
  const { outer } = reading;
  if (outer === undefined) return followText(reading, line, surroundings);
  switch (outer.delimiter) {
    case 'tag':
      return inTag(reading, outer, line, surroundings);
    case 'markers':
      return inMarkers(reading, outer, line, surroundings);
    case 'patch':
      return inPatch(reading, outer, line, surroundings);
    case 'thought':
      return inThought(reading, outer, line, surroundings);
    default:
      return outer.containers.length === 0
        ? inFence(reading, outer, line, line.text, surroundings)
        : inContainers(reading, outer, line, surroundings);
  }
}

function inTag(reading: Reading, outer: TagBlock, line: SourceLine, surroundings: Surroundings): Reading[] {
  const close = line.text.lastIndexOf(`</${outer.tag}>`);
  if (close !== -1) {
    const end = line.start + (line.text.slice(0, close).trim() === '' ? 0 : close);
    return [finish(reading, outer, { end, closed: true, textFrom: line.end })];
  }
  const next = parseTagLine(line.text);
  if (next === undefined || next.tag !== outer.tag) return [reading];
  const ended = finish(reading, outer, { end: line.start, closed: false, textFrom: line.start });
  return [openTag({ ...ended, cost: ended.cost + cost.nextTagWithin }, line, next, surroundings)];
}

function inMarkers(reading: Reading, outer: MarkerBlock, line: SourceLine, surroundings: Surroundings): Reading[] {
  const marker = editMarkerOf(line.text);
  switch (marker) {
    case undefined:
      return [reading];
    case 'after':
      return [finish(reading, outer, { end: line.end, closed: true, textFrom: line.end })];
    case 'separator': {
      const further = { ...reading, outer: { ...outer, separators: outer.separators + 1 } };
      if (outer.separators === 0) return [further];
      const ended = finish(reading, outer, { end: line.end, closed: true, textFrom: line.end });
      return [further, { ...ended, cost: ended.cost + cost.secondSeparator }];
    }
    default: {
      const ended = finish(reading, outer, { end: line.start, closed: false, textFrom: line.start });
      return [openMarkers({ ...ended, cost: ended.cost + cost.nextMarkerWithin }, line, surroundings)];
    }
  }
}

function inPatch(reading: Reading, outer: PatchBlock, line: SourceLine, surroundings: Surroundings): Reading[] {
  const next = followPatch(outer.patch, line.text);
  if (next === 'ends with it') return [finish(reading, outer, { end: line.end, closed: true, textFrom: line.end })];
  if (next !== 'ended before it') return [next === outer.patch ? reading : { ...reading, outer: { ...outer, patch: next } }];
  return followText(finish(reading, outer, { end: line.start, closed: true, textFrom: line.start }), line, surroundings);
}

/** What stands behind the end of a thought in its line is the beginning of the answer. */
function inThought(reading: Reading, outer: Thought, line: SourceLine, surroundings: Surroundings): Reading[] {
  const at = afterThought(line.text, outer.close);
  if (at === -1) return [reading];
  const after: Reading = { ...reading, outer: undefined, inner: [], containers: [], leadingFrom: line.end };
  const text = line.text.slice(at);
  if (text.trim() === '') return [after];
  return followText({ ...after, leadingFrom: line.start + at }, { ...line, text, start: line.start + at }, surroundings);
}

/** A block in list items and quotes ends with them; but models forget to indent the lines of a block in an item. */
function inContainers(reading: Reading, outer: FenceBlock, line: SourceLine, surroundings: Surroundings): Reading[] {
  const { matched, rest } = enterContainers(line.text, outer.containers);
  if (matched === outer.containers.length) return inFence(reading, outer, line, rest, surroundings);
  const loosely = enterContainers(line.text, outer.containers, 'loose');
  const inQuote = loosely.matched === outer.containers.length;
  if (inQuote && outer.loose) return inFence(reading, outer, line, loosely.rest, surroundings);
  const ended = finish(reading, outer, { end: line.start, closed: false, textFrom: line.start });
  const after = followText({ ...ended, cost: ended.cost + cost.endedByItem }, line, surroundings);
  if (!inQuote) return after;
  const loose = { ...outer, loose: true };
  const nextOpens = after.some(({ outer: next, containers }) => next !== undefined && containers.length > 0);
  const price = cost.forgottenIndentation + (nextOpens ? cost.textThatOpensInItem : 0);
  const forgotten = { ...reading, outer: loose, cost: reading.cost + price };
  return [...after, ...inFence(forgotten, loose, line, loosely.rest, surroundings)];
}

/** `text`: the line without what its containers take. */
function inFence(reading: Reading, outer: FenceBlock, line: SourceLine, text: string, surroundings: Surroundings): Reading[] {
  const fence = parseFenceLine(text);
  if (fence === undefined) return isGlued(outer, text) ? endOfLine(reading, outer, line) : [reading];
  if (fence.character !== outer.fence.character || fence.length < outer.fence.length) return [reading];
  if (fence.info !== '') return labelWithin(reading, outer, line, fence, surroundings);
  if (outer.kind === 'markdown') return bareWithin(reading, outer, line, fence);
  return reading.inner.length > 0 ? [closeInner(reading, line)] : [close(reading, outer, line, fence)];
}

/** Whether a closing fence is stuck to the end of a line of code. */
function isGlued({ kind, fence, containers }: FenceBlock, text: string): boolean {
  const end = text.trimEnd();
  if (kind === 'markdown' || containers.length > 0 || !end.endsWith(fence.character)) return false;
  const code = end.slice(0, lengthWithout(end, fence.character));
  return end.length - code.length >= fence.length && /[\p{L}\p{N})\]};]/u.test(code);
}

function lengthWithout(text: string, character: string): number {
  let length = text.length;
  while (length > 0 && text[length - 1] === character) length -= 1;
  return length;
}

function endOfLine(reading: Reading, outer: FenceBlock, line: SourceLine): Reading[] {
  const end = line.start + lengthWithout(line.text.trimEnd(), outer.fence.character);
  const closed = finish(reading, outer, { end, closed: true, textFrom: line.end });
  return [
    { ...reading, outer: { ...outer, glued: true } },
    { ...closed, doubtful: 'glued', cost: closed.cost + cost.glued },
  ];
}

function close(reading: Reading, outer: FenceBlock, line: SourceLine, fence: FenceLine): Reading {
  const elsewhere = outer.kind === 'markdown' && fence.indentation !== outer.fence.indentation ? cost.closesElsewhere : 0;
  const closed = finish(reading, outer, { end: line.start, closed: true, textFrom: line.end });
  return { ...closed, doubtful: 'closed', cost: closed.cost + closingAfter(line.before) + elsewhere };
}

function closeInner(reading: Reading, line: SourceLine): Reading {
  return {
    ...reading,
    inner: reading.inner.slice(0, -1),
    leadingFrom: line.end,
    doubtful: 'closed',
    cost: reading.cost + closingAfter(line.before),
  };
}

function closingAfter(before: SourceLine['before']): number {
  if (before === 'colon') return cost.closesAfterColon;
  return before === 'blank' ? cost.unusual : 0;
}

function labelWithin(reading: Reading, outer: FenceBlock, line: SourceLine, fence: FenceLine, surroundings: Surroundings): Reading[] {
  const within = reading.inner.at(-1);
  if (within?.kind === 'bare') return [{ ...reading, cost: reading.cost + cost.labelWithinBare }];
  if (reading.inner.length >= mostLevels || outer.containers.length > 0) return [reading];
  if (within !== undefined && outer.kind === 'other') return [{ ...reading, cost: reading.cost + cost.labelWithinExample }];
  const lines = within === undefined ? surroundings.leading(reading.leadingFrom) : [];
  const leading = lines.map(({ text }) => text);
  const opening = { delimiter: 'fence' as const, info: fence.info, leading };
  const kind = surroundings.kindOf(opening);
  const named = surroundings.isNamed(opening);
  const newlyNamed = within === undefined && named && !outer.namesWithin;
  const deeper: Reading = {
    ...reading,
    outer: newlyNamed ? { ...outer, namesWithin: true } : outer,
    inner: [...reading.inner, { length: fence.length, kind }],
    leadingFrom: line.end,
    cost: reading.cost + (newlyNamed ? cost.namedWithin : 0),
  };
  const forgotten = within === undefined && named ? [forgottenEnd(reading, outer, line, fence, surroundings)] : [];
  if (outer.kind === 'markdown') {
    if (within === undefined) return [deeper, ...forgotten];
    if (within.kind === 'markdown') return [deeper];
    return [
      { ...reading, cost: reading.cost + cost.labelWithinExample },
      { ...deeper, cost: reading.cost + cost.levelWithinExample },
    ];
  }
  const base = outer.info === '' ? cost.labelWithinBare : 0;
  const text = base + (named ? cost.namedTextWithinCode : 0) + (outer.glued ? cost.textAfterGlue : 0);
  const isWrapper = outer.place === 'first' && named;
  const level = isWrapper ? reading.cost + cost.levelWithinWrapper : deeper.cost + base + cost.levelWithinCode;
  return [{ ...reading, cost: reading.cost + text }, { ...deeper, cost: level }, ...forgotten];
}

/** The file before ends where the lines begin that name the next one. */
function forgottenEnd(reading: Reading, outer: FenceBlock, line: SourceLine, fence: FenceLine, surroundings: Surroundings): Reading {
  const lines = surroundings.leading(reading.leadingFrom);
  let first = lines.length;
  const isNamedFrom = (index: number) => {
    const leading = lines.slice(index).map(({ text }) => text);
    return surroundings.isNamed({ delimiter: 'fence', info: fence.info, leading });
  };
  while (first > 0 && !isNamedFrom(first)) first -= 1;
  // Blank lines before the next file belong to neither.
  const end = first > 0 ? lines[first - 1]!.end : first < lines.length ? lines[first]!.start : line.start;
  const textFrom = lines[first]?.start ?? line.start;
  const ended = finish(reading, outer, { end, closed: false, textFrom });
  const price = (outer.kind === 'markdown' ? cost.forgottenEndOfMarkdown : cost.forgottenEnd) + (outer.glued ? cost.textAfterGlue : 0);
  return openFence({ ...ended, cost: ended.cost + price }, line, fence, surroundings);
}

function bareWithin(reading: Reading, outer: FenceBlock, line: SourceLine, fence: FenceLine): Reading[] {
  const within = reading.inner.at(-1);
  if (within === undefined) {
    return [
      {
        ...reading,
        inner: [{ length: fence.length, kind: 'bare' }],
        leadingFrom: line.end,
        doubtful: 'opened',
        cost: reading.cost + (outer.fence.length > 3 ? cost.bareInnerOfLongFence : cost.bareInner),
      },
      close(reading, outer, line, fence),
    ];
  }
  if (fence.length < within.length) return [reading];
  // The model forgot one of two fences: the example is whole in the file, and the file ends with it.
  const both = finish(reading, outer, { end: line.end, closed: false, textFrom: line.end });
  return [closeInner(reading, line), { ...both, doubtful: 'closed', cost: both.cost + reading.inner.length * cost.closesBoth }];
}
