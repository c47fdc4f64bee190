import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { replyTail } from '../../../../src/cli/views/live/reply-tail.ts';
import { textWidth } from '../../../../src/cli/views/text-width.ts';

it.each([
  ['a\n\nb\nc\n', 2, ['b', 'c']],
  ['def f():\n    return 1\n', 2, ['def f():', '    return 1']],
  ['one', 3, ['one']],
  ['a\nb', 0, []],
])('of %j the last %i lines', (text, lines, expected) => {
  expect(replyTail(text, { lines, columns: 40 })).toEqual(expected);
});

it('is never wider or higher than asked, and holds nothing that a terminal obeys', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 10, max: 80 }),
      (text, lines, columns) => {
        const tail = replyTail(text, { lines, columns });
        expect(tail.length).toBeLessThanOrEqual(lines);
        for (const line of tail) {
          expect(textWidth(line)).toBeLessThanOrEqual(columns);
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
        }
      },
    ),
  );
});
