import { editMarkerOf } from './edit-marker.ts';
import { followFence } from './follow-fence.ts';
import { followText, openMarkers, openTag } from './follow-text.ts';
import {
  cost,
  finish,
  keepPlausible,
  settleDoubt,
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
      return followFence(reading, outer, line, surroundings);
  }
}

function inTag(reading: Reading, outer: TagBlock, line: SourceLine, surroundings: Surroundings): Reading[] {
  const close = line.text.lastIndexOf(`</${outer.tag}>`);
  if (close !== -1) {
    const end = line.start + (line.text.slice(0, close).trim() === '' ? 0 : close);
    return [finish(reading, outer, { end, closed: true, textFrom: line.end })];
  }
  const next = line.text.includes(`<${outer.tag}`) ? parseTagLine(line.text) : undefined;
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

/** The text after the end of a thought on its line is the beginning of the answer. */
function inThought(reading: Reading, outer: Thought, line: SourceLine, surroundings: Surroundings): Reading[] {
  const at = afterThought(line.text, outer.close);
  if (at === -1) return [reading];
  const after: Reading = { ...reading, outer: undefined, inner: [], containers: [], leadingFrom: line.end };
  const text = line.text.slice(at);
  if (text.trim() === '') return [after];
  return followText({ ...after, leadingFrom: line.start + at }, { ...line, text, start: line.start + at }, surroundings);
}
