import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loopingEnd } from '../../../../src/llm/reply/runaway/looping-end.ts';

const any = { shortest: 1000, fewestRounds: 4, isLoop: () => true };

describe('loopingEnd', () => {
  it.each([
    ['one word', 'A plan. ', 'and then ', 9],
    ['one character', 'Total: ', '0', 1],
    ['a line', '# Notes\n', '    self.items.append(item)\n', 28],
  ])('finds all of an end that is %s over and over', (_, before, block, period) => {
    expect(loopingEnd(before + block.repeat(2000 / period), any)).toEqual({
      period,
      length: Math.floor(2000 / period) * period + shared(before, block),
    });
  });

  it.each([
    ['nothing', ''],
    ['lines that count', Array.from({ length: 200 }, (_, index) => `    case ${index}: return "value ${index}";\n`).join('')],
    ['a loop that it has left', `${'again '.repeat(400)}and this is the end of it.`],
    ['the same paragraph three times', 'The same paragraph of some four hundred characters. '.repeat(8).concat('\n').repeat(3)],
  ])('finds none in %s', (_, text) => {
    expect(loopingEnd(text, any)).toBeUndefined();
  });

  it('leaves it to the one who asks which loop is one', () => {
    expect(loopingEnd('-'.repeat(2000), { ...any, isLoop: ({ length }) => length > 5000 })).toBeUndefined();
  });

  it('finds every block that stands there often enough, whatever stands before', () => {
    const block = fc.string({ minLength: 1, maxLength: 900, unit: 'grapheme-ascii' });
    const rule = fc.property(fc.string(), block, (before, one) => {
      const length = one.length * Math.max(8, Math.ceil(1000 / one.length));
      const found = loopingEnd(before + one.repeat(length / one.length), any);
      expect(found?.length).toBeGreaterThanOrEqual(length);
      expect(one.length % (found?.period ?? 0)).toBe(0);
    });
    fc.assert(rule);
  });
});

/** How much of the end of what stands before is an end of the block, too, and so belongs to the loop. */
function shared(before: string, block: string): number {
  let length = 0;
  while (length < before.length && before.at(-1 - length) === block.at(-1 - (length % block.length))) length += 1;
  return length;
}
