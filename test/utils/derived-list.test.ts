import { expect, it, vi } from 'vitest';
import { derivedFrom } from '../../src/utils/derived-list.ts';

it('looks at each item of a list once, however often it is asked for, and begins anew with another list', () => {
  const add = vi.fn<(sum: { total: number }, item: number) => void>((sum, item) => void (sum.total += item));
  const sumOf = derivedFrom<number, { total: number }>(() => ({ total: 0 }), add);
  const list = [1, 2];
  expect(sumOf(list, undefined).total).toBe(3);
  list.push(4);
  expect(sumOf(list, undefined).total).toBe(7);
  expect(add).toHaveBeenCalledTimes(3);
  expect(sumOf([...list, 8], undefined).total).toBe(15);
});
