import type { Container } from './containers.ts';
import type { FenceLine } from './fence-line.ts';
import type { LoosePatch } from './loose-patch.ts';
import type { FenceOpening } from '../fenced-block.ts';
import type { LeadingLine } from './source-line.ts';

/**
 * One way to read the reply so far. Usually there is exactly one, CommonMark's. If a fence may mean two things (the end of a Markdown file or of an example in
 * it, a close that was forgotten or stuck to the last line of code), both readings are followed until later lines make one clearly cheaper.
 */
export interface Reading {
  /** How much speaks against this reading. Only differences count. */
  cost: number;
  outer: OuterBlock | undefined;
  /** Blocks within the outer one, innermost last. */
  inner: readonly InnerBlock[];
  /** The list items and quotes around the text. */
  containers: readonly Container[];
  /** Where the text that leads to the next block begins. */
  leadingFrom: number;
  /** Finished blocks that are not settled yet, newest first. */
  finished: FinishedBlock | undefined;
  /** How the previous line was read, if it could be read in another way. */
  doubtful: 'opened' | 'closed' | 'glued' | undefined;
}

interface OpenBlock extends FenceOpening {
  /** Where the content begins. */
  contentStart: number;
}

export interface FenceBlock extends OpenBlock {
  delimiter: 'fence';
  fence: FenceLine;
  containers: readonly Container[];
  kind: 'markdown' | 'other';
  /** The first block of a reply may contain the whole reply. */
  place: 'first' | 'later';
  /** A block inside that names a file has occurred. */
  namesWithin: boolean;
  /** A line that lacks the indentation of the list item has occurred. */
  loose: boolean;
  /** A line of content that ends with a fence has occurred. */
  glued: boolean;
  /** Shorter fences within are text, or end the block like its own. Undefined before the first one. */
  shorter: 'text' | 'ends' | undefined;
  /** A fence that counts as text would begin a file. */
  namesInText: boolean;
}

export interface TagBlock extends OpenBlock {
  delimiter: 'tag';
  tag: string;
}

export interface MarkerBlock extends OpenBlock {
  delimiter: 'markers';
  /** The number of lines of equals signs so far. */
  separators: number;
}

export interface PatchBlock extends OpenBlock {
  delimiter: 'patch';
  patch: LoosePatch;
}

/** A model's thoughts before its answer. Drafts in them are not files, and they never come out. */
export interface Thought extends Omit<OpenBlock, 'delimiter'> {
  delimiter: 'thought';
  close: string;
}

export type OuterBlock = FenceBlock | TagBlock | MarkerBlock | PatchBlock | Thought;

interface InnerBlock {
  length: number;
  kind: 'bare' | 'markdown' | 'other';
}

export interface FinishedBlock {
  outer: Exclude<OuterBlock, Thought>;
  /** Where the content ends. */
  end: number;
  closed: boolean;
  previous: FinishedBlock | undefined;
}

/** What readings need from the scanner. */
export interface Surroundings {
  kindOf(opening: FenceOpening): 'markdown' | 'other';
  /** Whether the block names a file. */
  isNamed(opening: FenceOpening): boolean;
  /** Whether a text of several lines, such as a template, is open in this block of code at a position. */
  isInText(outer: FenceBlock, position: number): boolean;
  /** The last non-blank lines that do not begin before this position, the nearest last. */
  leading(from: number): readonly LeadingLine[];
}

/** What speaks against a reading. Small numbers are habits of writers, large ones are breaks in the structure. */
export const cost = {
  /** A fence without a language, as a file of its own and as an example in a file. */
  bareOuter: 2,
  bareInner: 1,
  /** The same if the file's own fence is longer than three: its writer thought of the examples in it. */
  bareInnerOfLongFence: 10,
  /** ```lang within a block without a language. */
  labelWithinBare: 10,
  /** ```lang within an example in another language: taken as its text, or as one more level. */
  labelWithinExample: 1,
  levelWithinExample: 2,
  /** ```lang within code: taken as one more level; as text although it names a file, or although a fence was stuck to a line before. */
  levelWithinCode: 3,
  levelWithinWrapper: 1,
  namedTextWithinCode: 7,
  textAfterGlue: 4,
  /** A file begins before the one before it has ended: its end was forgotten. */
  forgottenEnd: 3,
  forgottenEndOfMarkdown: 6,
  /** A fence at the end of a line of code. */
  glued: 3,
  /** A shorter fence that ends the block, or one with words after it, or one of the other character. */
  closesShorter: 2,
  closesWithRemark: 1,
  closesWithLanguage: 2,
  closesWithSentence: 3,
  closesWithOther: 2,
  /** Two fences in one line, the first of which ends the block: taken so, and taken for text. */
  closesAndOpens: 1,
  doubleFenceAsText: 3,
  /** Within a template or the like, a bare fence that begins an example, and one that ends the file. */
  bareWithinText: 1,
  closesWithinText: 4,
  /** One fence that ends both the example and the file. */
  closesBoth: 5,
  /** The same if the file's own fence was longer than its example's. */
  closesBothOfLongFence: 2,
  /** Counted once for each file: an example that has the name of a file of the reply. */
  namedWithin: 4,
  unclosed: 4,
  /** A thought without an end is most likely not one: everything after it would be lost. */
  unclosedThought: 9,
  unclosedWithin: 1,
  /** A line that ends its list item, or lacks the item's indentation. */
  endedByItem: 3,
  forgottenIndentation: 1,
  /** A line that would open a block in the next item, taken as content. */
  textThatOpensInItem: 4,
  /** A tag or marker that is taken as text, or the end of such a one. */
  ignoredOpening: 5,
  ignoredEnd: 10,
  nextTagWithin: 2,
  secondSeparator: 2,
  nextMarkerWithin: 6,
  /** An opening fence before a blank line, or a closing one right before or after text where that is unusual. */
  unusual: 1,
  closesAfterColon: 2,
  closesElsewhere: 2,
  textAfterGluedEnd: 2,
};

/** A reading that costs this much more than the cheapest cannot catch up, whatever later lines bring. */
const hopeless = 9;
const mostReadings = 8;

export const firstReading: Reading = {
  cost: 0,
  outer: undefined,
  inner: [],
  containers: [],
  leadingFrom: 0,
  finished: undefined,
  doubtful: undefined,
};

export interface BlockEnd {
  /** Where the content ends. */
  end: number;
  closed: boolean;
  /** Where the text continues. */
  textFrom: number;
}

export function finish(reading: Reading, outer: Exclude<OuterBlock, Thought>, { end, closed, textFrom }: BlockEnd): Reading {
  return {
    ...reading,
    outer: undefined,
    inner: [],
    containers: outer.delimiter === 'fence' ? outer.containers : [],
    leadingFrom: textFrom,
    finished: { outer, end, closed, previous: reading.finished },
  };
}

export function settleDoubt(reading: Reading, text: string): Reading {
  const { doubtful } = reading;
  if (doubtful === undefined) return reading;
  const blank = text.trim() === '';
  const unusual = doubtful === 'glued' ? (blank ? 0 : cost.textAfterGluedEnd) : (doubtful === 'opened') === blank ? cost.unusual : 0;
  return { ...reading, doubtful: undefined, cost: reading.cost + unusual };
}

/** The cheapest reading once nothing follows, with its last block finished. */
export function endReading(readings: readonly Reading[], end: number): Reading {
  const ended = readings.map((reading) => {
    const settled = settleDoubt(reading, '');
    const { outer, inner } = settled;
    if (outer === undefined) return settled;
    if (outer.delimiter === 'thought') return { ...settled, outer: undefined, cost: settled.cost + cost.unclosedThought };
    const swallowed = outer.delimiter === 'fence' && outer.namesInText ? cost.namedTextWithinCode : 0;
    const unclosed = cost.unclosed + swallowed + inner.length * cost.unclosedWithin;
    return finish({ ...settled, cost: settled.cost + unclosed }, outer, { end, closed: false, textFrom: end });
  });
  return ended.reduce((best, reading) => (reading.cost < best.cost ? reading : best));
}

/** Keeps only the cheapest of readings with the same future, then the few that may still win. The order decides between equals. */
export function keepPlausible(readings: readonly Reading[]): Reading[] {
  const cheapest: Reading[] = [];
  for (const reading of readings) {
    const index = cheapest.findIndex((other) => haveSameFuture(reading, other));
    if (index === -1) cheapest.push(reading);
    else if (reading.cost < cheapest[index]!.cost) cheapest[index] = reading;
  }
  cheapest.sort((one, other) => one.cost - other.cost);
  const limit = cheapest[0]!.cost + hopeless;
  const implausible = cheapest.findIndex(({ cost }) => cost > limit);
  return cheapest.slice(0, implausible === -1 ? mostReadings : Math.min(implausible, mostReadings));
}

/** Whether two readings are the same from here on. */
function haveSameFuture(one: Reading, other: Reading): boolean {
  if (one.outer === undefined || other.outer === undefined)
    return one.outer === other.outer && one.doubtful === other.doubtful && areSame(one.containers, other.containers);
  if (one.outer.delimiter !== 'fence') return isSameBlock(one.outer, other.outer);
  return (
    other.outer.delimiter === 'fence' &&
    one.doubtful === other.doubtful &&
    one.inner.length === other.inner.length &&
    (one.outer === other.outer || isSameFence(one.outer, other.outer)) &&
    one.inner.every(({ kind, length }, index) => kind === other.inner[index]!.kind && length === other.inner[index]!.length)
  );
}

function isSameBlock(one: Exclude<OuterBlock, FenceBlock>, other: OuterBlock): boolean {
  switch (one.delimiter) {
    case 'tag':
      return other.delimiter === 'tag' && one.tag === other.tag;
    case 'markers':
      return other.delimiter === 'markers' && one.separators === other.separators;
    case 'thought':
      return other.delimiter === 'thought' && one.close === other.close;
    default:
      return other.delimiter === 'patch' && isSamePatch(one.patch, other.patch);
  }
}

function isSamePatch(one: LoosePatch, other: LoosePatch): boolean {
  return one.kind === other.kind && one.left?.before === other.left?.before && one.left?.after === other.left?.after;
}

function isSameFence(one: FenceBlock, other: FenceBlock): boolean {
  return (
    one.kind === other.kind &&
    one.fence.character === other.fence.character &&
    one.fence.length === other.fence.length &&
    one.fence.indentation === other.fence.indentation &&
    (one.info === '') === (other.info === '') &&
    one.namesWithin === other.namesWithin &&
    one.loose === other.loose &&
    one.glued === other.glued &&
    one.place === other.place &&
    one.shorter === other.shorter &&
    one.namesInText === other.namesInText &&
    areSame(one.containers, other.containers)
  );
}

function areSame(one: readonly Container[], other: readonly Container[]): boolean {
  if (one === other) return true;
  return one.length === other.length && one.every((container, index) => widthOf(container) === widthOf(other[index]!));
}

function widthOf(container: Container): number {
  return container.kind === 'quote' ? -1 : container.indentation;
}
