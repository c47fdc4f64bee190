import { enterContainers, withoutContainers } from './containers.ts';
import { parseFenceLine, type FenceLine } from './fence-line.ts';
import { followText, openFence } from './follow-text.ts';
import { cost, finish, type FenceBlock, type Reading, type Surroundings } from './reading.ts';
import { isDeepFence, isOtherFence, oddCloseOf, openedBehindClose, type OddClose } from './odd-close.ts';
import type { LeadingLine, SourceLine } from './source-line.ts';

const mostLevels = 8;

/** Every reading of a line within a block between fences. */
export function followFence(reading: Reading, outer: FenceBlock, line: SourceLine, surroundings: Surroundings): Reading[] {
  return outer.containers.length === 0
    ? inFence(reading, outer, line, line.text, surroundings)
    : inContainers(reading, outer, line, surroundings);
}

/** A block in list items and quotes ends with them, but models forget to indent the lines of a block in an item. */
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

/** `text`: the line without the marks and indentation of its containers. */
function inFence(reading: Reading, outer: FenceBlock, line: SourceLine, text: string, surroundings: Surroundings): Reading[] {
  const shown = outer.fence.indentation > 3 ? withoutContainers(text, [], outer.fence.indentation) : text;
  const next = openedBehindClose(shown, outer.fence);
  if (next !== undefined && reading.inner.length === 0) return closeAndOpen(reading, outer, line, next, surroundings);
  const fence = parseFenceLine(shown);
  if (outer.info !== '' && isOtherFence(shown, outer.fence) && outer.kind === 'other' && reading.inner.length === 0)
    return [reading, closeOddly(reading, outer, line, cost.closesWithOther)];
  if (outer.info !== '' && isDeepFence(shown, outer.fence) && outer.kind === 'other' && reading.inner.length === 0)
    return surroundings.isInText(outer, line.start) ? [reading] : [reading, closeOddly(reading, outer, line, priceOfDeepClose(outer))];
  if (fence === undefined) return isGlued(outer, shown) ? endOfLine(reading, outer, line) : [reading];
  if (fence.character !== outer.fence.character) return [reading];
  if (fence.length < outer.fence.length) return shorterWithin(reading, outer, line, { text, fence }, surroundings);
  if (fence.info !== '') return labelWithin(reading, outer, line, fence, surroundings);
  if (outer.kind === 'markdown') return bareWithin(reading, outer, line, fence);
  if (reading.inner.length > 0) return [closeInner(reading, line)];
  const closed = close(reading, outer, line, fence);
  if (outer.containers.length > 0 || !surroundings.isInText(outer, line.start)) return [closed];
  return [openBare(reading, line, fence, cost.bareWithinText), { ...closed, cost: closed.cost + cost.closesWithinText }];
}

/** By the rules a shorter fence is text, but models open with four and close with three. From the first one on both readings are followed. */
function shorterWithin(
  reading: Reading,
  outer: FenceBlock,
  line: SourceLine,
  { text, fence }: { text: string; fence: FenceLine },
  surroundings: Surroundings,
): Reading[] {
  const namesInText =
    outer.namesInText || (fence.info !== '' && surroundings.isNamed({ delimiter: 'fence', info: fence.info, leading: [] }));
  const isSame = outer.shorter === 'text' && namesInText === outer.namesInText;
  const asText = isSame ? reading : { ...reading, outer: { ...outer, shorter: 'text' as const, namesInText } };
  if (outer.shorter !== undefined || outer.info === '' || outer.containers.length > 0) return [asText];
  const { length, marks } = fence;
  const ends: FenceBlock = { ...outer, fence: { ...outer.fence, length, marks }, shorter: 'ends' };
  const taken = { ...reading, outer: ends, cost: reading.cost + cost.closesShorter };
  return [asText, ...inFence(taken, ends, line, text, surroundings)];
}

/** In a list models miscount the indentation. */
function priceOfDeepClose({ containers }: FenceBlock): number {
  return containers.length > 0 ? cost.unusual : cost.closesWithOther;
}

function closeOddly(reading: Reading, outer: FenceBlock, line: SourceLine, price: number): Reading {
  const closed = finish(reading, outer, { end: line.start, closed: true, textFrom: line.end });
  return { ...closed, doubtful: 'closed', cost: closed.cost + price };
}

function closeAndOpen(reading: Reading, outer: FenceBlock, line: SourceLine, fence: FenceLine, surroundings: Surroundings): Reading[] {
  const closed = finish(reading, outer, { end: line.start, closed: true, textFrom: line.start });
  const opened = openFence({ ...closed, cost: closed.cost + cost.closesAndOpens }, line, fence, surroundings);
  const named = surroundings.isNamed({ delimiter: 'fence', info: fence.info, leading: [] });
  return [{ ...reading, cost: reading.cost + (named ? cost.namedTextWithinCode : cost.doubleFenceAsText) }, opened];
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

const pricesOfOddCloses: Readonly<Record<OddClose, number>> = {
  remark: cost.closesWithRemark,
  language: cost.closesWithLanguage,
  sentence: cost.closesWithSentence,
};

function labelWithin(reading: Reading, outer: FenceBlock, line: SourceLine, fence: FenceLine, surroundings: Surroundings): Reading[] {
  const odd = reading.inner.length === 0 && outer.kind === 'other' ? oddCloseOf(fence, outer.info) : undefined;
  const readings = labelOfText(reading, outer, line, fence, surroundings);
  if (odd === undefined || surroundings.isInText(outer, line.start)) return readings;
  return [...readings, closeOddly(reading, outer, line, pricesOfOddCloses[odd])];
}

function labelOfText(reading: Reading, outer: FenceBlock, line: SourceLine, fence: FenceLine, surroundings: Surroundings): Reading[] {
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

/** The previous file ends where the lines that name the next one begin. */
function forgottenEnd(reading: Reading, outer: FenceBlock, line: SourceLine, fence: FenceLine, surroundings: Surroundings): Reading {
  const lines = surroundings.leading(reading.leadingFrom);
  let first = lines.length;
  const isNamedFrom = (index: number) => {
    const leading = lines.slice(index).map(({ text }) => text);
    return surroundings.isNamed({ delimiter: 'fence', info: fence.info, leading });
  };
  while (first > 0 && !isNamedFrom(first)) first -= 1;
  if (outer.kind === 'other') first = startOfProse(lines, first);
  // Blank lines before the next file belong to neither.
  const end = first > 0 ? lines[first - 1]!.end : first < lines.length ? lines[first]!.start : line.start;
  const textFrom = lines[first]?.start ?? line.start;
  const ended = finish(reading, outer, { end, closed: false, textFrom });
  const price = (outer.kind === 'markdown' ? cost.forgottenEndOfMarkdown : cost.forgottenEnd) + (outer.glued ? cost.textAfterGlue : 0);
  return openFence({ ...ended, cost: ended.cost + price }, line, fence, surroundings);
}

const sentence = /^[\p{Lu}][\p{L}\p{N}'’`-]*,?(?: [^\s{};=<>]+)+[.:!]$/u;

/** A paragraph of sentences before the next file, set off by a blank line, belongs to that file and not to the unclosed code. */
function startOfProse(lines: readonly LeadingLine[], from: number): number {
  let first = from;
  for (let index = from - 1; index >= 0 && sentence.test(lines[index]!.text); index -= 1) {
    const isSetOff = index > 0 && lines[index - 1]!.end < lines[index]!.start;
    if (isSetOff) first = index;
  }
  return first;
}

function openBare(reading: Reading, line: SourceLine, fence: FenceLine, price: number): Reading {
  return {
    ...reading,
    inner: [{ length: fence.length, kind: 'bare' }],
    leadingFrom: line.end,
    doubtful: 'opened',
    cost: reading.cost + price,
  };
}

function bareWithin(reading: Reading, outer: FenceBlock, line: SourceLine, fence: FenceLine): Reading[] {
  const within = reading.inner.at(-1);
  if (within === undefined) {
    return [
      openBare(reading, line, fence, outer.fence.length > 3 ? cost.bareInnerOfLongFence : cost.bareInner),
      close(reading, outer, line, fence),
    ];
  }
  if (fence.length < within.length) return [reading];
  // The model forgot one of two fences: the example in the file is complete, and the file ends with it.
  const both = finish(reading, outer, { end: line.end, closed: false, textFrom: line.end });
  return [
    closeInner(reading, line),
    {
      ...both,
      doubtful: 'closed',
      cost: both.cost + reading.inner.length * cost.closesBoth + (outer.shorter === 'ends' ? cost.closesBothOfLongFence : 0),
    },
  ];
}
