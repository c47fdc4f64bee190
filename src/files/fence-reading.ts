import type { FenceLine } from './fence-line.ts';
import type { FenceOpening } from './fenced-block.ts';

/**
 * One way to read the fences so far. Everywhere but inside a Markdown file there is exactly one, CommonMark's. Inside a Markdown file a bare fence may
 * close the file, or open or close an example in it, so a fork is followed until later lines make one of the readings clearly cheaper.
 */
export interface Reading {
  /** How much speaks against this reading. Only differences count. */
  cost: number;
  outer: OuterBlock | undefined;
  /** Blocks within a Markdown file, innermost last. */
  inner: readonly InnerBlock[];
  leading: readonly string[];
  /** Finished blocks that are not settled yet, newest first. */
  finished: FinishedBlock | undefined;
  /** How the line before was read, where it was a bare fence that could be read otherwise. */
  doubtful: 'opened' | 'closed' | undefined;
}

interface OuterBlock extends FenceOpening {
  fence: FenceLine;
  kind: 'markdown' | 'other';
  /** Number of the first content line. */
  firstLine: number;
  /** A block inside that names a file was met. */
  namesWithin: boolean;
}

interface InnerBlock {
  length: number;
  kind: 'bare' | 'markdown' | 'other';
}

export interface FinishedBlock {
  outer: OuterBlock;
  /** Number of the first line after the content. */
  endLine: number;
  closed: boolean;
  previous: FinishedBlock | undefined;
}

/** A line with everything that readings judge by. */
export interface ReadLine {
  number: number;
  text: string;
  blank: boolean;
  fence: FenceLine | undefined;
  /** The line before: a fence that follows a blank line or a colon more likely opens than closes. */
  before: 'blank' | 'colon' | 'other';
}

export type OpeningKind = { kind: 'markdown' | 'other'; named: boolean };

/** What speaks against a reading. Small numbers are habits of writers, large ones are breaks of structure. */
const cost = {
  /** A fence without a language, as a file of its own and as an example in a file. */
  bareOuter: 2,
  bareInner: 1,
  /** ```lang within a block that itself has no language. */
  labelWithinBare: 10,
  /** ```lang within an example in another language: taken as its text, or as one more level. */
  labelWithinExample: 1,
  levelWithinExample: 2,
  /** One fence that ends both the example and the file. */
  closesBoth: 5,
  /** Counted once per Markdown file: an example that is named like a file of the reply. */
  namedWithin: 4,
  unclosed: 4,
  unclosedWithin: 1,
  /** An opening fence before a blank line, a closing one right before or after text where it is unusual. */
  unusual: 1,
  closesAfterColon: 2,
};

/** A reading this much dearer than the cheapest cannot catch up by anything that later lines may bring. */
const hopeless = 9;
const mostReadings = 8;
const mostLevels = 8;
const keptLeadingLines = 4;
/** Longer lines are prose or worse; no name stands in them. */
const longestLeadingLine = 1000;

export const firstReading: Reading = {
  cost: 0,
  outer: undefined,
  inner: [],
  leading: [],
  finished: undefined,
  doubtful: undefined,
};

/** Every reading after this line, cheapest first. */
export function readLine(readings: readonly Reading[], line: ReadLine, kindOf: (opening: FenceOpening) => OpeningKind): Reading[] {
  const next = readings.flatMap((reading) => follow(settleDoubt(reading, line.blank), line, kindOf));
  return next.length === 1 ? next : keepPlausible(next);
}

/** The cheapest reading once nothing follows, with its last block finished. `lines` is the number of lines of the reply. */
export function endReading(readings: readonly Reading[], lines: number): Reading {
  const ended = readings.map((reading) => {
    const { outer, inner, ...rest } = settleDoubt(reading, true);
    if (outer === undefined) return { ...rest, outer, inner };
    return finish({ ...rest, outer, inner, cost: rest.cost + cost.unclosed + inner.length * cost.unclosedWithin }, outer, lines, false);
  });
  return ended.reduce((best, reading) => (reading.cost < best.cost ? reading : best));
}

function settleDoubt(reading: Reading, blank: boolean): Reading {
  if (reading.doubtful === undefined) return reading;
  const unusual = (reading.doubtful === 'opened') === blank;
  return { ...reading, doubtful: undefined, cost: reading.cost + (unusual ? cost.unusual : 0) };
}

function follow(reading: Reading, line: ReadLine, kindOf: (opening: FenceOpening) => OpeningKind): Reading[] {
  const { outer } = reading;
  if (outer === undefined) return [line.fence === undefined ? withText(reading, line) : open(reading, line, line.fence, kindOf)];
  const { fence } = line;
  const reaches = fence !== undefined && fence.character === outer.fence.character && fence.length >= outer.fence.length;
  if (!reaches) return [outer.kind === 'markdown' && reading.inner.length === 0 ? withText(reading, line) : reading];
  if (fence.info !== '') return labelWithin(reading, outer, fence, kindOf);
  return outer.kind === 'markdown' ? bareWithin(reading, outer, line, fence) : [close(reading, outer, line)];
}

function withText(reading: Reading, line: ReadLine): Reading {
  if (line.blank || line.text.length > longestLeadingLine) return reading;
  return { ...reading, leading: [...reading.leading.slice(1 - keptLeadingLines), line.text.trim()] };
}

function open(reading: Reading, line: ReadLine, fence: FenceLine, kindOf: (opening: FenceOpening) => OpeningKind): Reading {
  const opening = { info: fence.info, leading: reading.leading };
  const bare = fence.info === '';
  return {
    ...reading,
    outer: { ...opening, fence, kind: kindOf(opening).kind, firstLine: line.number + 1, namesWithin: false },
    leading: [],
    cost: reading.cost + (bare ? cost.bareOuter : 0),
    doubtful: bare ? 'opened' : undefined,
  };
}

function close(reading: Reading, outer: OuterBlock, line: ReadLine): Reading {
  return finish({ ...reading, doubtful: 'closed', cost: reading.cost + closingAfter(line.before) }, outer, line.number, true);
}

function closingAfter(before: ReadLine['before']): number {
  if (before === 'colon') return cost.closesAfterColon;
  return before === 'blank' ? cost.unusual : 0;
}

function finish(reading: Reading, outer: OuterBlock, endLine: number, closed: boolean): Reading {
  return { ...reading, outer: undefined, inner: [], leading: [], finished: { outer, endLine, closed, previous: reading.finished } };
}

function labelWithin(reading: Reading, outer: OuterBlock, fence: FenceLine, kindOf: (opening: FenceOpening) => OpeningKind): Reading[] {
  if (outer.kind !== 'markdown') return [outer.info === '' ? { ...reading, cost: reading.cost + cost.labelWithinBare } : reading];
  const within = reading.inner.at(-1);
  if (within?.kind === 'bare') return [{ ...reading, cost: reading.cost + cost.labelWithinBare }];
  const { kind, named } = kindOf({ info: fence.info, leading: within === undefined ? reading.leading : [] });
  const newlyNamed = within === undefined && named && !outer.namesWithin;
  const deeper = {
    ...reading,
    outer: newlyNamed ? { ...outer, namesWithin: true } : outer,
    inner: [...reading.inner, { length: fence.length, kind }],
    leading: [],
    cost: reading.cost + (newlyNamed ? cost.namedWithin : 0),
  };
  if (reading.inner.length >= mostLevels) return [reading];
  if (within === undefined || within.kind === 'markdown') return [deeper];
  return [
    { ...reading, cost: reading.cost + cost.labelWithinExample },
    { ...deeper, cost: reading.cost + cost.levelWithinExample },
  ];
}

function bareWithin(reading: Reading, outer: OuterBlock, line: ReadLine, fence: FenceLine): Reading[] {
  const within = reading.inner.at(-1);
  if (within === undefined) {
    const example: InnerBlock = { length: fence.length, kind: 'bare' };
    return [
      { ...reading, inner: [example], leading: [], doubtful: 'opened', cost: reading.cost + cost.bareInner },
      close(reading, outer, line),
    ];
  }
  if (fence.length < within.length) return [reading];
  const closesExample: Reading = {
    ...reading,
    inner: reading.inner.slice(0, -1),
    leading: [],
    doubtful: 'closed',
    cost: reading.cost + closingAfter(line.before),
  };
  // The model forgot one of two fences: the example is whole in the file, and the file ends with it.
  const closesBoth = finish(
    { ...reading, doubtful: 'closed', cost: reading.cost + reading.inner.length * cost.closesBoth },
    outer,
    line.number + 1,
    false,
  );
  return [closesExample, closesBoth];
}

/** Of readings with the same future only the cheapest is kept, then the few that may still win. The order decides between equals. */
function keepPlausible(readings: Reading[]): Reading[] {
  const cheapest = new Map<string, Reading>();
  for (const reading of readings) {
    const future = futureOf(reading);
    const other = cheapest.get(future);
    if (other === undefined || reading.cost < other.cost) cheapest.set(future, reading);
  }
  const sorted = [...cheapest.values()].sort((one, other) => one.cost - other.cost);
  const limit = sorted[0]!.cost + hopeless;
  return sorted.filter((reading) => reading.cost <= limit).slice(0, mostReadings);
}

/** Two readings with the same answer go the same way from here on. */
function futureOf({ outer, inner, doubtful }: Reading): string {
  if (outer === undefined) return `text ${doubtful}`;
  const levels = inner.map(({ kind, length }) => `${kind} ${length}`).join();
  return `${outer.kind} ${outer.fence.character} ${outer.fence.length} ${outer.info === ''} ${outer.namesWithin} ${doubtful} [${levels}]`;
}
