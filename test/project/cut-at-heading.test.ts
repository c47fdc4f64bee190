import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAtHeading } from '../../src/project/cut-at-heading.ts';

describe('cutAtHeading', () => {
  it.each([
    ['before a heading', '# A\n\nOne two.\n\n# B\n\nThree four five six.', 25, '# A\n\nOne two.'],
    ['after a paragraph where no heading is near', '# A\n\nOne two three four.\n\nFive six seven eight.', 40, '# A\n\nOne two three four.'],
    ['after a line', 'One two three four\nfive six seven', 25, 'One two three four'],
    ['where it must', 'abcdefgh', 5, 'abcde'],
    ['not within a character', 'aé€😀b', 8, 'aé€'],
  ])('ends %s', (_where, text, mostBytes, cut) => {
    expect(cutAtHeading(text, mostBytes)).toBe(cut);
  });

  it('gives a beginning that is short enough, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('# ', '\n', 'a', 'é', '😀', ' '), maxLength: 200 }), fc.nat(300), (text, mostBytes) => {
        const cut = cutAtHeading(text, mostBytes);
        expect(text.startsWith(cut)).toBe(true);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(mostBytes);
      }),
    );
  });
});
