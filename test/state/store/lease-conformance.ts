import { describe, expect, test } from 'vitest';
import { LeaseHeldError, type Lease, type LeaseOwner } from '../../../src/state/store/event-store.ts';
import { collect } from './collect.ts';
import type { StoreFixture } from './event-store-conformance.ts';
import { note } from './sample-events.ts';

const here: LeaseOwner = { host: 'oak', pid: 100, nonce: 'here' };
const there: LeaseOwner = { host: 'elm', pid: 200, nonce: 'there' };

/** Who may write, and when someone else may. */
export function describeLeases({ store, open, clock, kind }: StoreFixture): void {
  const acquire = (owner: LeaseOwner, more: { stream?: string; isGone?: (owner: LeaseOwner) => boolean; signal?: AbortSignal } = {}) =>
    store().acquireLease({ stream: 'run:a', owner, milliseconds: 10_000, ...more });
  const write = (lease: Lease, expectedSequence: number) =>
    store().append({ stream: 'run:a', expectedSequence, events: [note('x')], durability: 'normal', lease });

  describe('with leases', () => {
    test('a stream that nobody owns can be had, before it has events', async () => {
      const lease = await acquire(here);
      expect(lease).toEqual({ stream: 'run:a', epoch: 1, owner: here, renewedAt: clock().time, expiresAt: clock().time + 10_000 });
      expect(await store().readLease('run:a')).toEqual(lease);
      expect(await store().readLease('run:b')).toBeUndefined();
      expect(await store().list()).toEqual([]);
    });

    test('one that is held is refused, and the error names the process and its host', async () => {
      const lease = await acquire(here);
      clock().time += 9_999;
      const refusal = acquire(there);
      await expect(refusal).rejects.toBeInstanceOf(LeaseHeldError);
      await expect(refusal).rejects.toMatchObject({ code: 'lease.held', lease, message: expect.stringMatching(/100.*oak/) });
      expect(await store().readLease('run:a')).toEqual(lease);
    });

    test('one that was not renewed in time passes on, with the next epoch', async () => {
      await acquire(here);
      clock().time += 10_000;
      expect(await acquire(there)).toMatchObject({ epoch: 2, owner: there });
    });

    test('one whose owner is certainly gone passes on at once', async () => {
      await acquire(here);
      const asked: LeaseOwner[] = [];
      const isGone = (owner: LeaseOwner) => asked.push(owner) > 0;
      expect(await acquire(there, { isGone })).toMatchObject({ epoch: 2, owner: there });
      expect(asked).toEqual([here]);
    });

    test('one whose owner may live is refused', async () => {
      await acquire(here);
      await expect(acquire(there, { isGone: () => false })).rejects.toMatchObject({ code: 'lease.held' });
    });

    test('who owns it already has it renewed, under the same epoch', async () => {
      const lease = await acquire(here);
      clock().time += 5_000;
      expect(await acquire(here)).toEqual({ ...lease, renewedAt: lease.renewedAt + 5_000, expiresAt: lease.expiresAt + 5_000 });
    });

    test('a process with the same id on the same host is another owner', async () => {
      await acquire(here);
      await expect(acquire({ ...here, nonce: 'later' })).rejects.toMatchObject({ code: 'lease.held' });
    });

    test('renewing puts off its end', async () => {
      const lease = await acquire(here);
      clock().time += 9_000;
      const renewed = await store().renewLease(lease, 20_000);
      expect(renewed).toEqual({ ...lease, renewedAt: clock().time, expiresAt: clock().time + 20_000 });
      expect(await store().readLease('run:a')).toEqual(renewed);
      clock().time += 19_999;
      await expect(acquire(there)).rejects.toMatchObject({ code: 'lease.held' });
    });

    test('one that expired while its owner slept is renewed, if nobody has taken it', async () => {
      const lease = await acquire(here);
      clock().time += 1_000_000;
      expect(await write(lease, 0)).toHaveLength(1);
      await store().renewLease(lease, 10_000);
      await expect(acquire(there)).rejects.toMatchObject({ code: 'lease.held' });
    });

    test('whoever lost it can neither write nor renew, also with the right sequence', async () => {
      const lease = await acquire(here);
      await write(lease, 0);
      clock().time += 10_000;
      const next = await acquire(there);
      const lost = { code: 'lease.lost', message: expect.stringMatching(/200.*elm/), hint: expect.any(String) };
      await expect(write(lease, 1)).rejects.toMatchObject(lost);
      await expect(store().renewLease(lease, 10_000)).rejects.toMatchObject(lost);
      expect(await collect(store().read('run:a'))).toHaveLength(1);
      expect(await write(next, 1)).toHaveLength(1);
    });

    test('giving up a lost one does not touch the next owner', async () => {
      const lease = await acquire(here);
      clock().time += 10_000;
      const next = await acquire(there);
      await store().releaseLease(lease);
      expect(await store().readLease('run:a')).toEqual(next);
    });

    test('one that was given up is free, its epoch does not come again, and it may be given up twice', async () => {
      const lease = await acquire(here);
      await store().releaseLease(lease);
      await store().releaseLease(lease);
      expect(await store().readLease('run:a')).toBeUndefined();
      await expect(write(lease, 0)).rejects.toMatchObject({ code: 'lease.lost' });
      expect(await acquire(here)).toMatchObject({ epoch: 2 });
      await expect(write(lease, 0)).rejects.toMatchObject({ code: 'lease.lost' });
    });

    test('a lease of another stream is a defect of the program', async () => {
      const lease = await acquire(here, { stream: 'run:b' });
      await expect(write(lease, 0)).rejects.toThrow(TypeError);
    });

    test('those that are held are listed, also expired ones', async () => {
      const b = await acquire(there, { stream: 'run:b' });
      const a = await acquire(here);
      await store().releaseLease(await acquire(here, { stream: 'run:c' }));
      clock().time += 20_000;
      expect(await store().listLeases()).toEqual([a, b]);
    });

    describe('after the clock was set back', () => {
      test('one in the future by no more than its length is judged by the clock', async () => {
        await acquire(here);
        clock().time -= 10_000;
        await expect(acquire(there)).rejects.toMatchObject({ code: 'lease.held' });
        expect(clock().sleeps).toEqual([]);
      });

      test('one further in the future passes on when nobody renews it for its length', async () => {
        const lease = await acquire(here);
        clock().time -= 3_600_000;
        expect(await acquire(there)).toEqual({
          stream: 'run:a',
          epoch: 2,
          owner: there,
          renewedAt: clock().time,
          expiresAt: clock().time + 10_000,
        });
        expect(clock().sleeps).toEqual([10_000]);
        await expect(write(lease, 0)).rejects.toMatchObject({ code: 'lease.lost' });
      });

      test('one further in the future is held when its owner renews it meanwhile', async () => {
        const lease = await acquire(here);
        clock().time -= 3_600_000;
        clock().meanwhile = async () => void (await store().renewLease(lease, 10_000));
        await expect(acquire(there)).rejects.toMatchObject({ code: 'lease.held' });
        expect(await write(lease, 0)).toHaveLength(1);
      });

      test('one further in the future is held when another one was faster', async () => {
        await acquire(here);
        clock().time -= 3_600_000;
        const third = { ...there, nonce: 'third' };
        clock().meanwhile = async () => void (await acquire(third, { isGone: () => true }));
        await expect(acquire(there)).rejects.toMatchObject({ code: 'lease.held', lease: { owner: third } });
      });

      test('nobody waits for an owner that is certainly gone', async () => {
        await acquire(here);
        clock().time -= 3_600_000;
        expect(await acquire(there, { isGone: () => true })).toMatchObject({ epoch: 2 });
        expect(clock().sleeps).toEqual([]);
      });

      test('the waiting ends when it is aborted', async () => {
        const lease = await acquire(here);
        clock().time -= 3_600_000;
        const controller = new AbortController();
        clock().meanwhile = async () => controller.abort(new Error('enough'));
        await expect(acquire(there, { signal: controller.signal })).rejects.toThrow('enough');
        expect(await store().readLease('run:a')).toEqual(lease);
      });
    });

    test.runIf(kind === 'shared')('a lease holds for every store of the journal, and of two that want it at once one gets it', async () => {
      const other = open();
      const outcomes = await Promise.allSettled([
        acquire(here),
        other.acquireLease({ stream: 'run:a', owner: there, milliseconds: 10_000 }),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await other.readLease('run:a')).toEqual(await store().readLease('run:a'));
    });
  });
}
