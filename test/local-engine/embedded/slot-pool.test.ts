import { describe, expect, it } from 'vitest';
import { commonPrefixLength, SlotPool } from '../../../src/local-engine/embedded/slot-pool.ts';

const slots = (...states: number[][]) => states.map((tokens, id) => ({ id, tokens }));

describe('the slots', () => {
  it.each([
    { a: [], b: [1], length: 0 },
    { a: [1, 2, 3], b: [1, 2, 4], length: 2 },
    { a: [1, 2], b: [1, 2, 3], length: 2 },
    { a: [2], b: [1], length: 0 },
  ])('share the first $length tokens of $a and $b', ({ a, b, length }) => {
    expect(commonPrefixLength(a, b)).toBe(length);
  });

  it('go to the request that shares the longest beginning with them', async () => {
    const pool = new SlotPool(slots([1], [1, 2, 3], [1, 2]));
    expect((await pool.acquire([1, 2, 3, 4])).id).toBe(1);
    expect((await pool.acquire([1, 2, 3, 4])).id).toBe(2);
    expect((await pool.acquire([9])).id).toBe(0);
  });

  it('are taken in the order in which they were used last when they are equally good', async () => {
    const pool = new SlotPool(slots([], [], []));
    const [a, b, c] = [await pool.acquire([1]), await pool.acquire([1]), await pool.acquire([1])];
    for (const slot of [b, c, a]) pool.release(slot);
    expect([(await pool.acquire([1])).id, (await pool.acquire([1])).id, (await pool.acquire([1])).id]).toEqual([b.id, c.id, a.id]);
  });

  it('keep a conversation when the request only begins with the same few words', async () => {
    const request = [1, 2, ...Array.from({ length: 38 }, (_, index) => 100 + index)];
    const pool = new SlotPool(slots([], [1, 2, 3, 4, 5, 6]));
    expect((await pool.acquire(request)).id).toBe(0);
  });

  it('serve those who wait in the order in which they came', async () => {
    const pool = new SlotPool(slots([]));
    const order: string[] = [];
    const work = async (name: string) => {
      const slot = await pool.acquire([]);
      order.push(name);
      pool.release(slot);
    };
    await Promise.all(['first', 'second', 'third', 'fourth'].map((name) => work(name)));
    expect(order).toEqual(['first', 'second', 'third', 'fourth']);
  });

  it('skip someone who gave up waiting', async () => {
    const pool = new SlotPool(slots([]));
    const slot = await pool.acquire([]);
    const impatient = new AbortController();
    const given = pool.acquire([], impatient.signal);
    const patient = pool.acquire([]);
    impatient.abort(new Error('gone'));
    await expect(given).rejects.toThrow('gone');
    expect(pool.waiting).toBe(1);
    pool.release(slot);
    expect(await patient).toBe(slot);
  });

  it('stay free when a request was cancelled before it asked', async () => {
    const [slot] = slots([]);
    const pool = new SlotPool(slot === undefined ? [] : [slot]);
    await expect(pool.acquire([], AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(await pool.acquire([])).toBe(slot);
  });
});
