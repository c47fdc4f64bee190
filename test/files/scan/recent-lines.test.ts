import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecentLines } from '../../../src/files/scan/recent-lines.ts';

test('what was known before does not change which lines stand above a place', () => {
  const line = fc.constantFrom('a\n', '\n', '> b\n', 'a longer line of words\r\n', `${'x'.repeat(400)}\n`);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), fc.nat(), fc.nat(), (lines, first, last) => {
      const text = lines.join('');
      const slice = (from: number, to: number) => text.slice(from, to);
      const fresh = new RecentLines();
      fresh.lookBack(0, text.length, slice);
      const used = new RecentLines();
      const [from, to] = [first, last].map((number) => number % (lines.length + 1)).sort((one, other) => one - other) as [number, number];
      let position = 0;
      for (const [index, one] of lines.entries()) {
        const end = position + one.length;
        if (index >= from && index < to) used.add(one.trimEnd(), position, end, one.trim() === '');
        position = end;
      }
      used.lookBack(0, text.length, slice);
      expect(used.from(0)).toEqual(fresh.from(0));
    }),
  );
});
