import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import type { EventStore, NewEvent } from '../../../src/state/store/event-store.ts';
import { collect } from './collect.ts';
import { HandClock } from './hand-clock.ts';
import { describeLeases } from './lease-conformance.ts';
import { describeRemoval } from './removal-conformance.ts';
import { describeSignals } from './signal-conformance.ts';
import { newEvent, note } from './sample-events.ts';

/** One empty journal for one test. */
interface JournalUnderTest {
  open(clock: HandClock): EventStore;
  /** Called after every store was closed. */
  cleanUp(): void;
}

export interface StoreUnderTest {
  /** `shared`: each `open` gives one more store on the same journal. `private`: each store is a journal of its own. */
  kind: 'shared' | 'private';
  createJournal: () => JournalUnderTest;
}

/** What the parts of the suite work with; everything is new for each test. */
export interface StoreFixture {
  store: () => EventStore;
  /** One more store, on the same journal where it is shared. */
  open: () => EventStore;
  clock: () => HandClock;
  kind: StoreUnderTest['kind'];
}

/** What every event store promises. Stores must look for the writes of others without waiting for real time to pass. */
export function describeEventStore(name: string, { kind, createJournal }: StoreUnderTest): void {
  describe(`${name} keeps the contract of an event store`, () => {
    let journal: JournalUnderTest;
    let store: EventStore;
    let clock: HandClock;
    const opened: EventStore[] = [];

    const open = (): EventStore => {
      const another = journal.open(clock);
      opened.push(another);
      return another;
    };
    beforeEach(() => {
      journal = createJournal();
      clock = new HandClock();
      store = open();
    });
    afterEach(async () => {
      for (const each of opened.splice(0)) await each.close();
      journal.cleanUp();
    });
    const append = (stream: string, expectedSequence: number, events: NewEvent[]) =>
      store.append({ stream, expectedSequence, events, durability: 'normal' });

    test('events come back as they were appended, numbered 1, 2, 3 within their stream', async () => {
      const events = [note('a', 5), { ...note('b', 6), causation: 1 }, note('c', 4)];
      const appended = await append('run:a', 0, events);
      expect(appended.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
      expect(await collect(store.read('run:a'))).toStrictEqual(appended);
      expect(appended).toMatchObject(events);
    });

    test('positions grow over all streams', async () => {
      const first = await append('run:a', 0, [note('a')]);
      const second = await append('run:b', 0, [note('b'), note('b')]);
      const third = await append('run:a', 1, [note('a')]);
      const positions = [...first, ...second, ...third].map(({ position }) => position);
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      expect(new Set(positions).size).toBe(4);
    });

    test('a stream without events reads as empty', async () => {
      expect(await collect(store.read('run:nothing'))).toEqual([]);
      expect(await store.list()).toEqual([]);
    });

    test('reading begins after the sequence that is asked for', async () => {
      await append('run:a', 0, [note('a'), note('b'), note('c')]);
      expect(textsOf(await collect(store.read('run:a', { after: 1 })))).toEqual(['b', 'c']);
      expect(await collect(store.read('run:a', { after: 3 }))).toEqual([]);
    });

    test('a long stream is read whole and in order, also when it grows meanwhile', async () => {
      const events = Array.from({ length: 700 }, (_, index) => note(`n${index}`));
      await append('run:a', 0, events);
      let seen = 0;
      for await (const event of store.read('run:a')) {
        seen += 1;
        expect(event.sequence).toBe(seen);
        if (seen === 10) await append('run:a', 700, [note('late')]);
      }
      expect(seen).toBe(701);
    });

    test.each([
      { case: 'too low', expectedSequence: 0 },
      { case: 'too high', expectedSequence: 3 },
    ])('an append whose expectation is $case is refused and leaves nothing', async ({ expectedSequence }) => {
      const appended = await append('run:a', 0, [note('a'), note('b')]);
      await expect(append('run:a', expectedSequence, [note('c')])).rejects.toMatchObject({ code: 'journal.conflict' });
      expect(await collect(store.read('run:a'))).toStrictEqual(appended);
    });

    test('an append is all or nothing', async () => {
      const wrong = { ...note('b'), data: { from: 7 } } as unknown as NewEvent;
      await expect(append('run:a', 0, [note('a'), wrong])).rejects.toThrow(TypeError);
      expect(await collect(store.read('run:a'))).toEqual([]);
      expect(await store.list()).toEqual([]);
    });

    test.each([
      { case: 'an unknown type', change: { type: 'run.exploded' } },
      { case: 'another version', change: { version: 2 } },
      { case: 'a time that is no whole number', change: { time: 1.5 } },
      { case: 'no actor', change: { actor: '' } },
      { case: 'data that JSON cannot hold', change: { data: { from: 'a', to: null, messageType: 'n', content: { n: 1n } } } },
    ])('an event with $case is a defect of the program', async ({ change }) => {
      await expect(append('run:a', 0, [{ ...note('a'), ...change } as NewEvent])).rejects.toThrow(TypeError);
    });

    test('text comes back byte for byte, whatever it holds', async () => {
      const text = 'a\u0000b\r\n\uD800 \u{1F600} \u2028 `"\\ \u001B[31m';
      await append('run:a', 0, [note(text)]);
      expect(textsOf(await collect(store.read('run:a')))).toEqual([text]);
    });

    test('what an append returns is what a reader gets', async () => {
      const content = { absent: undefined, when: new Date(0), nested: [undefined] };
      const appended = await append('run:a', 0, [newEvent('message.sent', { from: 'a', to: null, messageType: 'n', content })]);
      expect(await collect(store.read('run:a'))).toStrictEqual(appended);
    });

    test('both kinds of durability keep the order of appends', async () => {
      for (const [index, durability] of (['normal', 'full', 'normal', 'full', 'full'] as const).entries()) {
        await store.append({ stream: 'run:a', expectedSequence: index, events: [note(durability)], durability });
      }
      expect(textsOf(await collect(store.read('run:a')))).toEqual(['normal', 'full', 'normal', 'full', 'full']);
    });

    test('streams are listed newest first, with their length and times', async () => {
      await append('run:a', 0, [note('a', 10), note('a', 20)]);
      await append('run:b', 0, [note('b', 15)]);
      await append('run:a', 2, [note('a', 30)]);
      expect(await store.list()).toEqual([
        { stream: 'run:b', sequence: 1, firstTime: 15, lastTime: 15 },
        { stream: 'run:a', sequence: 3, firstTime: 10, lastTime: 30 },
      ]);
    });

    test('a list keeps to its prefix, taken literally, and to its limit', async () => {
      for (const stream of ['run:1', 'run:%', 'run:A', 'run:a', 'run:3']) await append(stream, 0, [note('x')]);
      const names = async (options: Parameters<EventStore['list']>[0]) => (await store.list(options)).map(({ stream }) => stream);
      expect(await names({ prefix: 'run:a' })).toEqual(['run:a']);
      expect(await names({ prefix: 'run:%' })).toEqual(['run:%']);
      expect(await names({ limit: 2 })).toEqual(['run:3', 'run:a']);
      expect(await names({ prefix: 'run:', limit: 1 })).toEqual(['run:3']);
    });

    test.each([{ length: 0 }, { length: 1 }, { length: 1_000_000 }])(
      'content of $length bytes is kept under its hash, once',
      async ({ length }) => {
        const content = new Uint8Array(length).map((_, index) => (index * 7) % 256);
        const sha256 = await store.putContent(content);
        expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
        expect(await store.putContent(content)).toBe(sha256);
        const kept = await store.getContent(sha256);
        expect(kept !== undefined && Buffer.from(kept).equals(content)).toBe(true);
      },
    );

    describe('an event that it does not know', () => {
      const unknown = (type: string, version: number, data: unknown): NewEvent => ({
        type: 'event.unknown',
        version,
        time: 7,
        actor: 'run',
        correlation: 'r',
        data: { type, data },
      });

      test.each([
        ['of a type of its own', 'run.teleported', 1],
        ['of a program', 'acme:review.requested', 3],
        ['of a later version of a type', 'message.sent', 99],
      ])('%s is kept as it is', async (_, type, version) => {
        const data = { from: 7, nested: { list: [1, null] } };
        await append('run:1', 0, [note('x'), unknown(type, version, data)]);
        const read = await collect(store.read('run:1'));
        expect(read[1]).toMatchObject({ type: 'event.unknown', version, data: { type, data } });
      });

      test.each([
        ['one that it knows', 'message.sent', 1],
        ['its own name for them', 'event.unknown', 1],
      ])('is never taken for %s', async (_, type, version) => {
        await expect(append('run:1', 0, [unknown(type, version, {})])).rejects.toThrow(TypeError);
      });
    });

    test('types of a program are checked and read like its own', async () => {
      store.events.register({
        'acme:review.requested': {
          version: 2,
          data: z.object({ by: z.string() }),
          upcasts: { 1: (data) => ({ by: (data as { who: string }).who }) },
        },
      });
      const event = (version: number, data: object) =>
        ({ type: 'acme:review.requested', version, time: 7, actor: 'run', correlation: 'r', data }) as NewEvent;
      await append('run:1', 0, [event(2, { by: 'ann' })]);
      expect((await collect(store.read('run:1')))[0]).toMatchObject({ type: 'acme:review.requested', version: 2, data: { by: 'ann' } });
      await expect(append('run:1', 1, [event(2, { by: 7 })])).rejects.toThrow('data of another shape');
      await expect(append('run:1', 1, [event(1, { who: 'ann' })])).rejects.toThrow('has version 2');
      expect(() => store.events.register({ 'message.sent': { version: 1, data: z.object({}) } })).toThrow(
        'no name for an event of a program',
      );
    });

    test('a stream of a kind that has no types takes no event', async () => {
      await expect(append('nothing:1', 0, [note('x')])).rejects.toThrow('the registry has no event of type');
    });

    test('content that was never put is undefined', async () => {
      expect(await store.getContent('0'.repeat(64))).toBeUndefined();
      expect(await store.getContent("' OR 1=1")).toBeUndefined();
    });

    test('a subscription yields the past, then what comes, and ends quietly when it is aborted', async () => {
      await append('run:a', 0, [note('a'), note('b')]);
      const controller = new AbortController();
      const seen: string[] = [];
      for await (const event of store.subscribe('run:a', { after: 1, signal: controller.signal })) {
        seen.push(...textsOf([event]));
        if (event.sequence === 2) await append('run:a', 2, [note('c')]);
        if (event.sequence === 3) setImmediate(() => void append('run:b', 0, [note('other')]).then(() => append('run:a', 3, [note('d')])));
        if (event.sequence === 4) controller.abort();
      }
      expect(seen).toEqual(['b', 'c', 'd']);
    });

    test('a subscription that waits ends when it is aborted, and one that is aborted already yields nothing', async () => {
      const controller = new AbortController();
      const next = store.subscribe('run:a', { signal: controller.signal })[Symbol.asyncIterator]().next();
      setImmediate(() => controller.abort());
      expect(await next).toEqual({ done: true, value: undefined });
      await append('run:a', 0, [note('a')]);
      expect(await collect(store.subscribe('run:a', { signal: controller.signal }))).toEqual([]);
    });

    test('a subscription to everything follows all streams in the order of their positions, from where it is told to begin', async () => {
      await append('run:a', 0, [note('1'), note('2')]);
      await append('run:b', 0, [note('3')]);
      const [first] = await collect(store.read('run:a'));
      const controller = new AbortController();
      const seen: string[] = [];
      for await (const { stream, sequence } of store.subscribeAll({ after: first!.position, signal: controller.signal })) {
        seen.push(`${stream} ${sequence}`);
        if (seen.length === 2) await append('run:a', 2, [note('4')]);
        if (seen.length === 3) controller.abort();
      }
      expect(seen).toEqual(['run:a 2', 'run:b 1', 'run:a 3']);
    });

    test('several subscribers see the same, each at its own pace', async () => {
      const controller = new AbortController();
      const follow = async (pause: number) => {
        const seen: number[] = [];
        for await (const { sequence } of store.subscribe('run:a', { signal: controller.signal })) {
          seen.push(sequence);
          for (let turn = 0; turn < pause; turn += 1) await Promise.resolve();
          if (sequence === 20) break;
        }
        return seen;
      };
      const all = Promise.all([follow(0), follow(3), follow(50)]);
      for (let sequence = 0; sequence < 20; sequence += 1) await append('run:a', sequence, [note('x')]);
      const whole = Array.from({ length: 20 }, (_, index) => index + 1);
      expect(await all).toEqual([whole, whole, whole]);
      controller.abort();
    });

    test('closing ends subscriptions and may be done twice', async () => {
      const next = store.subscribe('run:a', { signal: new AbortController().signal })[Symbol.asyncIterator]().next();
      await store.close();
      expect(await next).toEqual({ done: true, value: undefined });
      await expect(store.close()).resolves.toBeUndefined();
    });

    const fixture: StoreFixture = { store: () => store, open, clock: () => clock, kind };
    describeLeases(fixture);
    describeSignals(fixture);
    describeRemoval(fixture);

    describe.runIf(kind === 'shared')('on a journal that is shared', () => {
      test('everything is there after reopening', async () => {
        const appended = await append('run:a', 0, [note('a'), note('b')]);
        const sha256 = await store.putContent(Buffer.from('kept'));
        await store.close();
        const reopened = open();
        expect(await collect(reopened.read('run:a'))).toStrictEqual(appended);
        expect(Buffer.from((await reopened.getContent(sha256)) ?? []).toString()).toBe('kept');
        await reopened.append({ stream: 'run:a', expectedSequence: 2, events: [note('c')], durability: 'full' });
        expect(await reopened.list()).toMatchObject([{ stream: 'run:a', sequence: 3 }]);
      });

      test('a subscription to everything hears of what another store writes', async () => {
        const other = open();
        const controller = new AbortController();
        const next = other.subscribeAll({ signal: controller.signal })[Symbol.asyncIterator]().next();
        await append('run:a', 0, [note('x')]);
        expect((await next).value).toMatchObject({ stream: 'run:a', sequence: 1 });
        controller.abort();
      });

      test('a subscription hears of what another store writes', async () => {
        const other = open();
        await append('run:a', 0, [note('past')]);
        const controller = new AbortController();
        const seen: string[] = [];
        for await (const event of other.subscribe('run:a', { signal: controller.signal })) {
          seen.push(...textsOf([event]));
          if (event.sequence === 3) controller.abort();
          else setImmediate(() => void append('run:a', event.sequence, [note(`live ${event.sequence}`)]));
        }
        expect(seen).toEqual(['past', 'live 1', 'live 2']);
      });

      test('of two writers with the same expectation one wins and the other is refused', async () => {
        const other = open();
        const outcomes = await Promise.allSettled(
          [store, other].map((writer, index) =>
            writer.append({ stream: 'run:a', expectedSequence: 0, events: [note(`w${index}`), note(`w${index}`)], durability: 'full' }),
          ),
        );
        expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'journal.conflict' } });
        expect(await collect(store.read('run:a'))).toHaveLength(2);
      });

      test('a reader between two pages never keeps a writer waiting', async () => {
        const other = open();
        await append(
          'run:a',
          0,
          Array.from({ length: 600 }, (_, index) => note(`n${index}`)),
        );
        const reader = other.read('run:a')[Symbol.asyncIterator]();
        await reader.next();
        const appended = await append('run:a', 600, [note('meanwhile')]);
        expect(appended).toHaveLength(1);
        await reader.return?.();
      });
    });
  });
}

function textsOf(events: JournalEvent[]): string[] {
  return events.map((event) => (event.type === 'message.sent' ? String(event.data.content['text']) : event.type));
}
