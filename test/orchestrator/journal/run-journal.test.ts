import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { EventData, JournalEvent } from '../../../src/events/run-stream-events.ts';
import { RunJournal, type Report, type RunJournalOptions } from '../../../src/orchestrator/journal/run-journal.ts';
import type { AppendOptions } from '../../../src/state/store/event-store.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';
import { systemClock } from '../../../src/utils/clock.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { added, runEvent, started, writeRun } from '../../support/run-events.ts';

const note = (text: string): Report => ({
  type: 'message.sent',
  data: { from: 'a', to: null, messageType: 'note', content: { text } },
});
const clock = { now: () => 5_000, sleep: async () => {} };

/** Answers later than it is asked, and keeps what it was asked for. */
class SlowStore extends MemoryEventStore {
  readonly asked: AppendOptions[] = [];
  fails = false;

  override async append(options: AppendOptions) {
    await new Promise((resolve) => void setImmediate(resolve));
    if (this.fails) throw new Error('no space');
    this.asked.push(options);
    return super.append(options);
  }
}

async function journalOf(options: Partial<RunJournalOptions> = {}) {
  const store = new SlowStore();
  await writeRun(store, 'r', [started('r'), added('r', 'a')]);
  store.asked.length = 0;
  return { store, journal: new RunJournal({ store, run: 'r', clock, state: await foldRun(store.read('run:r')), ...options }) };
}

describe('the journal of a run', () => {
  it('says that a run without events has no state', () => {
    const journal = new RunJournal({ store: new MemoryEventStore(), run: 'r', clock });
    expect(() => journal.state).toThrow(
      expect.objectContaining({ code: 'journal.empty', message: expect.stringContaining('run r has no events') }),
    );
  });

  it('begins a run with its first event', async () => {
    const journal = new RunJournal({ store: new MemoryEventStore(), run: 'r', clock });
    const { type, data } = started('r');
    const [event] = await journal.append('run', [{ type, data } as Report]);
    expect(event).toMatchObject({ sequence: 1, version: 2, actor: 'run', correlation: 'r', time: 5_000, stream: 'run:r' });
    expect(event).not.toHaveProperty('causation');
    expect(journal.state).toMatchObject({ run: 'r', lastSequence: 1 });
  });

  it('adds who, when and what led to it, and writes what is told at one moment at once', async () => {
    const { journal, store } = await journalOf({ lease: undefined });
    const task = { task: 'a', attempt: 1, agent: 'dev' };
    const events = await journal.append('scheduler', [{ type: 'task.started', data: task }, note('x')], 'normal');
    expect(events.map(({ sequence, actor, time, correlation }) => [sequence, actor, time, correlation])).toEqual([
      [3, 'scheduler', 5_000, 'r'],
      [4, 'scheduler', 5_000, 'r'],
    ]);
    expect(store.asked).toMatchObject([{ stream: 'run:r', expectedSequence: 2, durability: 'normal', events: [{}, {}] }]);
    await journal.append('scheduler', [note('y')]);
    expect(store.asked[1]).toMatchObject({ expectedSequence: 4, durability: 'full' });
  });

  it('tells what led to each event, also among those of one moment, and to nothing that a person does', async () => {
    const { journal } = await journalOf();
    const activity = { activity: 'a/1', task: 'a', kind: 'reply' as const, message: 'm', turns: [], epoch: 0 };
    const events = await journal.append('dev', [
      { type: 'task.started', data: { task: 'a', attempt: 1, agent: 'dev' } },
      { type: 'activity.started', data: activity },
      { type: 'call.started', data: { activity: 'a/1', call: 1, continues: 0 } },
    ]);
    expect(events.map(({ causation }) => causation)).toEqual([undefined, 3, 4]);
    const [byPerson] = await journal.append('person', [{ type: 'task.cancelled', data: { task: 'a' } }]);
    expect(byPerson).not.toHaveProperty('causation');
  });

  it('writes in the order of the calls, and asks what to write only when its turn has come', async () => {
    const { journal } = await journalOf();
    const heard: string[] = [];
    journal.listen(({ sequence }) => heard.push(`${sequence}`));
    const first = journal.append('x', [{ type: 'task.cancelled', data: { task: 'a' } }]);
    const second = journal.append('x', () => [note(journal.state.tasks.get('a')?.status ?? '')]);
    expect(heard).toEqual([]);
    const [[cancelled], [told]] = await Promise.all([first, second]);
    expect([cancelled?.sequence, told?.sequence, (told as { data: { content: unknown } }).data.content]).toEqual([
      3,
      4,
      { text: 'cancelled' },
    ]);
    expect(heard).toEqual(['3', '4']);
  });

  it('writes nothing where there is nothing to write', async () => {
    const { journal, store } = await journalOf();
    expect(await journal.append('x', [])).toEqual([]);
    expect(await journal.append('x', () => [])).toEqual([]);
    expect(store.asked).toEqual([]);
  });

  it('lets a write that failed stop none of those behind it', async () => {
    const { journal, store } = await journalOf();
    store.fails = true;
    const lost = journal.append('x', [note('lost')]);
    await expect(lost).rejects.toThrow('no space');
    store.fails = false;
    expect(await journal.append('x', [note('kept')])).toMatchObject([{ sequence: 3 }]);
    expect(journal.state.messages).toMatchObject([{ content: { text: 'kept' } }]);
  });

  it('has each event heard when the state knows it, by the listeners first, until they stop', async () => {
    const heard: string[] = [];
    const onEvent = ({ sequence }: JournalEvent) => heard.push(`edge ${sequence}`);
    const { journal } = await journalOf({ onEvent });
    const stop = journal.listen(({ sequence }) => heard.push(`listener ${sequence} ${journal.state.lastSequence}`));
    await journal.append('x', [note('one'), note('two')]);
    stop();
    await journal.append('x', [note('three')]);
    expect(heard).toEqual(['listener 3 3', 'edge 3', 'listener 4 4', 'edge 4', 'edge 5']);
  });

  it('writes under the lease as it was last renewed', async () => {
    const { journal, store } = await journalOf({ lease: () => ({ current: true }) as never });
    await expect(journal.append('x', [note('x')])).rejects.toThrow('a lease of');
    expect(store.asked[0]?.lease).toEqual({ current: true });
  });

  it('gives a type of a program the version that it was registered with, and refuses one that nobody registered', async () => {
    const { journal, store } = await journalOf();
    const noted: Report = { type: 'house:note', data: { text: 'x' } };
    await expect(journal.append('x', [noted])).rejects.toThrow('no event of type "house:note"');
    store.events.register({ 'house:note': { version: 2, data: z.object({ text: z.string() }) } });
    expect(await journal.append('x', [noted])).toMatchObject([{ version: 2, data: { text: 'x' } }]);
  });
});

const asked: EventData<'task.asked'> = {
  task: 'a',
  round: 1,
  wants: 'answer',
  ask: 'Which?',
  answer: 'text',
  shown: [],
  diff: '',
  leftOut: 0,
  against: 'project',
};

/** Two writers of one run that know the same of it. */
async function twoWriters(besides?: 'anybody') {
  const store = new MemoryEventStore();
  await writeRun(store, 'r', [
    started('r'),
    added('r', 'a'),
    added('r', 'b', 2),
    runEvent('r', 'task.asked', asked),
    runEvent('r', 'task.waiting', { task: 'a', reason: 'answer' }),
  ]);
  const told: string[] = [];
  const owner = new RunJournal({
    store,
    run: 'r',
    clock: systemClock,
    state: await foldRun(store.read('run:r')),
    onEvent: ({ type }) => told.push(type),
    besides,
  });
  const other = new RunJournal({ store, run: 'r', clock: systemClock, state: await foldRun(store.read('run:r')), besides: 'anybody' });
  return { store, owner, other, told };
}

const decided: EventData<'task.decided'> = { task: 'a', decision: 'answered', answer: 'blue', by: 'Ann', asked: 4, shown: [] };

describe('what somebody else has recorded meanwhile', () => {
  it('a decision: it is taken over, in its order, and what was to be recorded follows', async () => {
    const { store, owner, other, told } = await twoWriters();
    await other.append('person', [{ type: 'task.decided', data: decided }]);
    await owner.append('scheduler', [{ type: 'task.started', data: { task: 'b', attempt: 1, agent: 'dev_001' } }]);
    expect(owner.state.tasks.get('a')).toMatchObject({ status: 'pending', woken: { by: 'decision' } });
    expect(told).toEqual(['task.decided', 'task.started']);
    expect(owner.state.lastSequence).toBe((await foldRun(store.read('run:r'))).lastSequence);
  });

  it('a decision: what depends on the state is asked again', async () => {
    const { owner, other } = await twoWriters();
    await other.append('person', [{ type: 'task.decided', data: decided }]);
    const seen: (string | undefined)[] = [];
    await owner.append('scheduler', () => {
      seen.push(owner.state.tasks.get('a')?.status);
      return seen.at(-1) === 'waiting' ? [{ type: 'task.woken', data: { task: 'a', by: 'time' } }] : [];
    });
    expect(seen).toEqual(['waiting', 'pending']);
  });

  it('is told without anything to record, once', async () => {
    const { owner, other, told } = await twoWriters();
    await other.append('person', [{ type: 'task.decided', data: decided }]);
    await owner.catchUp();
    await owner.catchUp();
    expect(told).toEqual(['task.decided']);
  });

  it('anything else, in a run that is our own: nothing is written', async () => {
    const { store, owner, other } = await twoWriters();
    await other.append('other', [{ type: 'task.started', data: { task: 'b', attempt: 1, agent: 'dev_001' } }]);
    const append = owner.append('scheduler', [{ type: 'task.cancelled', data: { task: 'b' } }]);
    await expect(append).rejects.toMatchObject({ code: 'journal.conflict' });
    expect((await foldRun(store.read('run:r'))).lastSequence).toBe(6);
  });

  it('anything, in a run of somebody else: a decision is recorded behind it, and their events are not told again', async () => {
    const { owner: decider, other: owner, told } = await twoWriters('anybody');
    await owner.append('scheduler', [{ type: 'task.started', data: { task: 'b', attempt: 1, agent: 'dev_001' } }]);
    await decider.append('person', [{ type: 'task.decided', data: decided }]);
    expect(decider.state.tasks.get('b')?.status).toBe('running');
    expect(told).toEqual(['task.decided']);
  });

  it('several things: they are taken over in their order, and what follows was led to by the last of them', async () => {
    const { owner, other, told } = await twoWriters();
    const again = { ...asked, round: 2 };
    await other.append('person', [
      { type: 'task.decided', data: decided },
      { type: 'task.asked', data: again },
    ]);
    const [event] = await owner.append('scheduler', [note('x')]);
    expect(told).toEqual(['task.decided', 'task.asked', 'message.sent']);
    expect(event).toMatchObject({ sequence: 8, causation: 7 });
  });
});

describe('a write that the store refuses', () => {
  /** Refuses a writer with this error, after somebody else has decided something or not. */
  class RefusingStore extends MemoryEventStore {
    tries = 0;
    readonly #error: Error & { code?: string };
    readonly #before: (store: MemoryEventStore, tries: number) => Promise<void>;

    constructor(code: string, before: (store: MemoryEventStore, tries: number) => Promise<void>) {
      super();
      this.#error = Object.assign(new Error(code), { code });
      this.#before = before;
    }

    override async append(options: AppendOptions) {
      if (options.durability === 'full') {
        this.tries += 1;
        await this.#before(this, this.tries);
        throw this.#error;
      }
      return super.append(options);
    }
  }
  const asks = async (store: MemoryEventStore, tries: number) => {
    const event = runEvent('r', 'task.asked', { ...asked, round: tries });
    await store.append({ stream: 'run:r', expectedSequence: tries + 1, events: [event], durability: 'normal' });
  };
  const triesOf = async (code: string, before: (store: MemoryEventStore, tries: number) => Promise<void>) => {
    const store = new RefusingStore(code, before);
    await writeRun(store, 'r', [started('r'), added('r', 'a')]);
    const journal = new RunJournal({ store, run: 'r', clock, state: await foldRun(store.read('run:r')) });
    await expect(journal.append('x', [note('x')])).rejects.toThrow(code);
    expect(await journal.append('x', [note('behind it')], 'normal').catch(({ code: other }: { code: string }) => other)).toBeDefined();
    return store.tries;
  };

  it('is tried again only where somebody else was first, and not for ever', async () => {
    expect(await triesOf('disk.full', asks)).toBe(1);
    expect(await triesOf('journal.conflict', async () => {})).toBe(1);
    expect(await triesOf('journal.conflict', asks)).toBe(101);
  });

  it('keeps nobody behind it from being written, also where it was to take over what others wrote', async () => {
    const store = new MemoryEventStore();
    await writeRun(store, 'r', [started('r'), added('r', 'a')]);
    const journal = new RunJournal({ store, run: 'r', clock, state: await foldRun(store.read('run:r')) });
    const read = store.read.bind(store);
    store.read = () => {
      throw new Error('cannot be read');
    };
    await expect(journal.catchUp()).rejects.toThrow('cannot be read');
    store.read = read;
    expect(await journal.append('x', [note('x')])).toMatchObject([{ sequence: 3 }]);
  });
});
