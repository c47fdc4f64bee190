import { describe, expect, it } from 'vitest';
import { findBrokenUsers } from '../../../src/files/findings/find-broken-users.ts';

const users = [
  { path: 'shop.py', content: 'from prices import total, tax\nprint(total(), tax())\n' },
  { path: 'till.py', content: 'import prices\nprint(prices.fee())\n' },
];

describe('what other files need of a changed one', () => {
  it.each([
    ['a function that it has no more', 'def total(): return 1\ndef fee(): return 1\n', ['tax']],
    ['what is taken out of it by its name', 'def total(): return 1\ndef tax(): return 1\n', ['fee']],
    ['nothing where all is there', 'tax = total = fee = print\n', []],
  ])('is %s', async (_, content, expected) => {
    const before = 'def total(): pass\ndef tax(): pass\ndef fee(): pass\n';
    const found = await findBrokenUsers({ path: 'prices.py', content, before, siblings: users });
    expect(found.map(({ name }) => name)).toEqual(expected);
    for (const { message } of found) expect(message).toMatch(/`(?:shop|till)\.py` needs `/);
  });

  it('is of a new file all that they take', async () => {
    const found = await findBrokenUsers({ path: 'prices.py', content: 'def total(): return 1\n', before: undefined, siblings: users });
    expect(found.map(({ name }) => name)).toEqual(['tax', 'fee']);
  });

  it('is nothing that was missing before', async () => {
    const found = await findBrokenUsers({
      path: 'a.mjs',
      content: 'export const b = 1;\n',
      before: 'export const b = 2;\n',
      siblings: [{ path: 'c.mjs', content: "import { gone } from './a.mjs';\ngone();\n" }],
    });
    expect(found).toEqual([]);
  });
});
