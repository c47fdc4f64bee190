import { describe, expect, test } from 'vitest';
import type { LeaseOwner } from '../../../src/state/store/event-store.ts';
import { collect } from './collect.ts';
import type { StoreFixture } from './event-store-conformance.ts';
import { note } from './sample-events.ts';

const here: LeaseOwner = { host: 'oak', pid: 100, nonce: 'here' };

/** Which contents a stream needs, and what is left when it is removed. */
export function describeRemoval({ store, clock }: StoreFixture): void {
  const append = (stream: string, expectedSequence = 0) =>
    store().append({ stream, expectedSequence, events: [note(stream), note('more')], durability: 'normal' });
  const put = (text: string, stream?: string) => store().putContent(Buffer.from(text), { stream });
  const has = async (sha256: string) => (await store().getContent(sha256)) !== undefined;

  describe('that removes a stream', () => {
    test('takes its events and signals away and leaves the others', async () => {
      await append('run:a');
      const others = await append('run:b');
      for (const stream of ['run:a', 'run:b']) await store().sendSignal({ stream, type: 'cancel', from: 'person' });
      expect(await store().removeStream('run:a', { expectedSequence: 2 })).toEqual({ contents: 0 });
      expect(await collect(store().read('run:a'))).toEqual([]);
      expect(await collect(store().read('run:b'))).toStrictEqual(others);
      expect((await store().list()).map(({ stream }) => stream)).toEqual(['run:b']);
      await store().sendSignal({ stream: 'run:a', type: 'late', from: 'person' });
      for (const [stream, type] of [
        ['run:a', 'late'],
        ['run:b', 'cancel'],
      ] as const) {
        const first = await store().subscribeSignals(stream, { signal: new AbortController().signal })[Symbol.asyncIterator]().next();
        expect(first.value).toMatchObject({ type });
      }
    });

    test('takes the contents away that no other stream needs', async () => {
      await append('run:a');
      const own = [await put('one', 'run:a'), await put('two', 'run:a'), await put('two', 'run:a')];
      const shared = await put('shared', 'run:a');
      await put('shared', 'run:b');
      const forEver = await put('for ever');
      await put('for ever', 'run:a');
      expect(await store().removeStream('run:a', { expectedSequence: 2 })).toEqual({ contents: 2 });
      expect(await Promise.all(own.map(has))).toEqual([false, false, false]);
      expect(await Promise.all([shared, forEver].map(has))).toEqual([true, true]);
      expect(await store().removeStream('run:b', { expectedSequence: 0 })).toEqual({ contents: 1 });
      expect(await has(shared)).toBe(false);
    });

    test('refuses while somebody holds the lease, and changes nothing', async () => {
      const events = await append('run:a');
      const sha256 = await put('one', 'run:a');
      const lease = await store().acquireLease({ stream: 'run:a', owner: here, milliseconds: 10_000 });
      const remove = () => store().removeStream('run:a', { expectedSequence: 2 });
      await expect(remove()).rejects.toMatchObject({ code: 'lease.held', lease });
      expect(await collect(store().read('run:a'))).toStrictEqual(events);
      expect(await has(sha256)).toBe(true);
      clock().time += 10_000;
      expect(await remove()).toEqual({ contents: 1 });
      expect(await store().listLeases()).toEqual([]);
    });

    test('refuses when the stream has grown, and changes nothing', async () => {
      const events = await append('run:a');
      await expect(store().removeStream('run:a', { expectedSequence: 1 })).rejects.toMatchObject({ code: 'journal.conflict' });
      expect(await collect(store().read('run:a'))).toStrictEqual(events);
    });

    test('lets the name be used again: as the newest, at later positions, and closed to who owned the earlier one', async () => {
      const [earlier] = await append('run:a');
      await append('run:b');
      const old = await store().acquireLease({ stream: 'run:a', owner: here, milliseconds: 10_000 });
      await store().releaseLease(old);
      await store().removeStream('run:a', { expectedSequence: 2 });
      await store().acquireLease({ stream: 'run:a', owner: { ...here, nonce: 'later' }, milliseconds: 10_000 });
      const stale = store().append({ stream: 'run:a', expectedSequence: 0, events: [note('x')], durability: 'normal', lease: old });
      await expect(stale).rejects.toMatchObject({ code: 'lease.lost' });
      const [again] = await append('run:a');
      expect(again?.position).toBeGreaterThan(earlier?.position ?? Infinity);
      expect((await store().list()).map(({ stream }) => stream)).toEqual(['run:a', 'run:b']);
    });
  });
}
