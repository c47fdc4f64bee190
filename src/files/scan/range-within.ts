import type { FencedBlock } from '../fenced-block.ts';

/** Where a part of a block's content stands in the reply. Where indentation was taken off the content, the whole block is the nearest that can be said. */
export function rangeWithin({ range, content }: FencedBlock, from: number, to: number): [number, number] {
  return range[1] - range[0] === content.length ? [range[0] + from, range[0] + to] : range;
}
