import type { FencedBlock } from '../../../src/files/fenced-block.ts';

/** A fenced block that stands at the start of a reply, as formats get it. */
export function blockOf(info: string, content: string, options: Partial<FencedBlock> = {}): FencedBlock {
  return { delimiter: 'fence', info, leading: [], content, range: [100, 100 + content.length], closed: true, ...options };
}
