import { array, assert, asyncProperty, boolean, integer, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Places } from '../../../src/server/botcoder/places.ts';

const never = new AbortController().signal;

describe('places for questions', () => {
  it('are taken as long as there are any; then questions wait in order, and too many are turned away', async () => {
    const places = new Places({ most: 1, mostWaiting: 2 });
    const first = await places.take(never);
    const order: string[] = [];
    const second = places.take(never).then((place) => (order.push('second'), place));
    const third = places.take(never).then((place) => (order.push('third'), place));
    expect(await places.take(never)).toBeUndefined();
    expect([places.taken, places.waiting]).toEqual([1, 2]);
    first?.[Symbol.dispose]();
    // Twice is once.
    first?.[Symbol.dispose]();
    (await second)?.[Symbol.dispose]();
    (await third)?.[Symbol.dispose]();
    expect(order).toEqual(['second', 'third']);
    expect([places.taken, places.waiting]).toEqual([0, 0]);
  });

  it('are not kept for who has left', async () => {
    const places = new Places({ most: 1, mostWaiting: 2 });
    const first = await places.take(never);
    const left = new AbortController();
    const leaving = places.take(left.signal);
    const staying = places.take(never);
    left.abort(new Error('gone'));
    await expect(leaving).rejects.toThrow('gone');
    first?.[Symbol.dispose]();
    (await staying)?.[Symbol.dispose]();
    await expect(places.take(left.signal)).rejects.toThrow('gone');
    expect([places.taken, places.waiting]).toEqual([0, 0]);
  });

  it('are never more than allowed, and none is lost, whoever comes and leaves', async () => {
    await assert(
      asyncProperty(integer({ min: 1, max: 3 }), array(tuple(boolean(), boolean()), { maxLength: 12 }), async (most, visits) => {
        const places = new Places({ most, mostWaiting: 100 });
        let inside = 0;
        await Promise.all(
          visits.map(async ([leaves, stays]) => {
            const left = new AbortController();
            const taking = places.take(left.signal).catch(() => undefined);
            if (leaves) left.abort(new Error('gone'));
            using place = await taking;
            if (place === undefined) return;
            inside += 1;
            expect(inside).toBeLessThanOrEqual(most);
            if (stays) await Promise.resolve();
            inside -= 1;
          }),
        );
        expect([places.taken, places.waiting]).toEqual([0, 0]);
      }),
    );
  });
});
