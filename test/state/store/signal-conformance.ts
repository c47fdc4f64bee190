import { describe, expect, test } from 'vitest';
import type { Signal } from '../../../src/state/store/event-store.ts';
import { collect } from './collect.ts';
import type { StoreFixture } from './event-store-conformance.ts';
import { note } from './sample-events.ts';

/** What those say who do not own a stream. */
export function describeSignals({ store, open, clock, kind }: StoreFixture): void {
  const send = (type: string, data?: Record<string, unknown>) => store().sendSignal({ stream: 'run:a', type, from: 'person', data });

  describe('with signals', () => {
    test('a signal needs neither a lease nor events, and is no event', async () => {
      await store().acquireLease({ stream: 'run:a', owner: { host: 'oak', pid: 1, nonce: 'n' }, milliseconds: 10_000 });
      const signal = await send('cancel', { why: 'enough\u0000\u{1F600}', absent: undefined });
      expect(signal).toStrictEqual({
        stream: 'run:a',
        number: expect.any(Number),
        time: clock().time,
        type: 'cancel',
        from: 'person',
        data: { why: 'enough\u0000\u{1F600}' },
      });
      expect(await collect(store().read('run:a'))).toEqual([]);
      expect((await send('cancel')).data).toEqual({});
    });

    test('a subscriber gets those there are, then those that come, as they were sent', async () => {
      const sent = [await send('cancel'), await send('answer', { text: 'yes' })];
      await store().sendSignal({ stream: 'run:b', type: 'other', from: 'person' });
      const controller = new AbortController();
      const seen: Signal[] = [];
      for await (const signal of store().subscribeSignals('run:a', { signal: controller.signal })) {
        seen.push(signal);
        if (seen.length === 2) setImmediate(() => void send('late').then((late) => sent.push(late)));
        if (signal.type === 'late') controller.abort();
      }
      expect(seen).toStrictEqual(sent);
      const numbers = seen.map(({ number }) => number);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      expect(new Set(numbers).size).toBe(3);
    });

    test('a subscriber that has seen some gets the rest', async () => {
      const first = await send('first');
      await send('second');
      const subscription = store().subscribeSignals('run:a', { after: first.number, signal: new AbortController().signal });
      for await (const { type } of subscription) {
        expect(type).toBe('second');
        break;
      }
    });

    test('the number of the last one tells earlier ones from later ones, though the clock is set back between them', async () => {
      expect(await store().lastSignal('run:a')).toBe(0);
      const first = await send('first');
      await store().sendSignal({ stream: 'run:b', type: 'other', from: 'person' });
      const last = await store().lastSignal('run:a');
      expect(last).toBe(first.number);
      clock().time -= 3_600_000;
      expect((await send('second')).number).toBeGreaterThan(last);
    });

    test('many are received whole and in order', async () => {
      for (let index = 0; index < 600; index += 1) await send('n', { index });
      const seen: unknown[] = [];
      for await (const { data } of store().subscribeSignals('run:a', { signal: new AbortController().signal })) {
        if (seen.push(data['index']) === 600) break;
      }
      expect(seen).toEqual(Array.from({ length: 600 }, (_, index) => index));
    });

    test('a subscriber that waits for signals is not troubled by events, and ends when it is aborted or the store is closed', async () => {
      const controller = new AbortController();
      const waiting = [controller.signal, new AbortController().signal].map((signal) =>
        store().subscribeSignals('run:a', { signal })[Symbol.asyncIterator]().next(),
      );
      await store().append({ stream: 'run:a', expectedSequence: 0, events: [note('x')], durability: 'normal' });
      setImmediate(() => controller.abort());
      expect(await waiting[0]).toEqual({ done: true, value: undefined });
      await store().close();
      expect(await waiting[1]).toEqual({ done: true, value: undefined });
    });

    test.each([
      { case: 'data that JSON cannot hold', change: { data: { n: 1n } } },
      { case: 'data that is a list', change: { data: [] as unknown as Record<string, unknown> } },
      { case: 'no type', change: { type: '' } },
      { case: 'no stream', change: { stream: '' } },
      { case: 'no sender', change: { from: '' } },
    ])('a signal with $case is a defect of the program', async ({ change }) => {
      const sending = store().sendSignal({ stream: 'run:a', type: 'cancel', from: 'person', ...change });
      await expect(sending).rejects.toThrow(TypeError);
    });

    test.runIf(kind === 'shared')('a signal reaches the owner through another store', async () => {
      const received = store().subscribeSignals('run:a', { signal: new AbortController().signal })[Symbol.asyncIterator]().next();
      const sent = await open().sendSignal({ stream: 'run:a', type: 'cancel', from: 'person' });
      expect(await received).toEqual({ done: false, value: sent });
    });
  });
}
