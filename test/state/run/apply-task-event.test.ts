import { describe, expect, it } from 'vitest';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { activityStarted, newEvent, taskAdded } from '../store/sample-events.ts';
import { after, started } from './folded.ts';

const error = { code: 'model.gone', message: 'The server went away.' };
const taskAfter = (...events: Parameters<typeof after>) => after(taskAdded('a', 1), ...events).tasks.get('a')!;
const reopened = (reason: 'retry' | 'interrupted', time = 1_000) => newEvent('task.reopened', { task: 'a', reason }, time);
const turn = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hm.' }] }];
const written = newEvent('artifact.written', {
  task: 'a',
  path: 'a.py',
  bytes: 1,
  sha256: '11',
  outcome: 'created',
  format: 'fence',
  range: [0, 1],
});

describe('the state of a task', () => {
  it('begins with nothing tried, nothing done and nothing changed', () => {
    expect(taskAfter()).toEqual({
      ...taskAdded('a', 1).data,
      status: 'pending',
      createdAt: 1_000,
      attempts: 0,
      pausedMilliseconds: 0,
      changedFiles: false,
      superseded: 0,
      activities: [],
    });
  });

  it('names the model that was asked last, also where a later start names none', () => {
    const asked = newEvent('task.started', { task: 'a', attempt: 1, agent: 'dev_001', model: 'coder' });
    expect(taskAfter(started('a'))).not.toHaveProperty('askedModel');
    expect(taskAfter(asked, started('a', 2)).askedModel).toBe('coder');
  });

  it('has the texts that were filled in when it began, and keeps them as they were written', () => {
    const begins = (description: string) => newEvent('task.started', { task: 'a', attempt: 1, agent: 'dev_001', filled: { description } });
    const task = taskAfter(begins('Do it in blue.'), begins('Do it in green.'));
    expect(task.description).toBe('Do it in green.');
    expect(task.asWritten?.description).toBe('Do a');
    expect(taskAfter(started('a'))).not.toHaveProperty('asWritten');
  });

  it('keeps its turn out of the conversation where it is private', () => {
    const added = { ...taskAdded('a', 1), data: { ...taskAdded('a', 1).data, private: true } } as NewEvent;
    const completed = newEvent('task.completed', { task: 'a', turn });
    expect(after(added, completed).turnOrder).toEqual([]);
    expect(after(taskAdded('a', 1), completed).turnOrder).toEqual(['a']);
  });

  it('keeps what a task said before it waited, also while it waits again without a word', () => {
    const waits = newEvent('task.waiting', { task: 'a', reason: 'tasks', tasks: [] });
    expect(taskAfter(started('a'), waits)).not.toHaveProperty('said');
    const said = newEvent('task.waiting', { task: 'a', reason: 'tasks', tasks: [], turn });
    expect(taskAfter(started('a'), said, started('a'), waits).said).toEqual(turn);
  });

  it('keeps what a task noted for itself, until it notes something else', () => {
    const waits = (memory?: unknown) => newEvent('task.waiting', { task: 'a', reason: 'tasks', tasks: [], memory });
    expect(taskAfter(started('a'), waits())).not.toHaveProperty('memory');
    expect(taskAfter(started('a'), waits({ round: 1 }), waits()).memory).toEqual({ round: 1 });
    expect(taskAfter(started('a'), waits({ round: 1 }), waits({ round: 2 })).memory).toEqual({ round: 2 });
  });

  it('knows what woke a task, until it waits again', () => {
    const waits = newEvent('task.waiting', { task: 'a', reason: 'signal', signal: 'go' });
    const signal = { number: 7, from: 'person', data: { name: 'go' } };
    const wakes = newEvent('task.woken', { task: 'a', by: 'signal', signal });
    const state = after(taskAdded('a', 1), started('a'), waits, wakes);
    expect(state.tasks.get('a')).toMatchObject({ status: 'pending', woken: { by: 'signal', signal } });
    expect(state.tasks.get('a')).not.toHaveProperty('waiting');
    expect([...state.takenSignals]).toEqual([7]);
    expect(taskAfter(started('a'), waits, wakes, started('a'), waits)).not.toHaveProperty('woken');
  });

  it('takes no signal for one that was woken by its time', () => {
    const waits = newEvent('task.waiting', { task: 'a', reason: 'wait', until: 5 });
    const state = after(taskAdded('a', 1), started('a'), waits, newEvent('task.woken', { task: 'a', by: 'time' }));
    expect(state.tasks.get('a')?.woken).toEqual({ by: 'time' });
    expect(state.takenSignals.size).toBe(0);
  });

  it('keeps what a completed task found out, and why there was nothing to do', () => {
    const told = { because: 'It was done already.', outputs: { tests: 3 } };
    expect(taskAfter(started('a'), newEvent('task.completed', { task: 'a', ...told }))).toMatchObject(told);
    const silent = taskAfter(started('a'), newEvent('task.completed', { task: 'a' }));
    for (const name of ['because', 'outputs', 'turn']) expect(silent).not.toHaveProperty(name);
  });

  it.each([
    ['completed', newEvent('task.completed', { task: 'a', because: 'x', outputs: {}, turn }, 5)],
    ['failed', newEvent('task.failed', { task: 'a', error }, 5)],
    ['skipped', newEvent('task.skipped', { task: 'a', reason: 'dependency_failed', because: 'b' }, 5)],
    ['cancelled', newEvent('task.cancelled', { task: 'a' }, 5)],
  ])('knows nothing any more of how it was %s, once it is to be done again', (_, end) => {
    for (const again of [reopened('retry', 6), reopened('interrupted', 6)]) {
      const state = after(taskAdded('a', 1), started('a', 1, 2), end, again);
      expect(state.tasks.get('a')?.status).toBe('pending');
      expect(state.turnOrder).toEqual([]);
      for (const name of ['completedAt', 'error', 'skipped', 'turn', 'because', 'outputs'])
        expect(state.tasks.get('a')).not.toHaveProperty(name);
    }
  });

  it('begins from nothing where it is asked for anew: earlier replies stay, and do not count', () => {
    const said = newEvent('task.waiting', { task: 'a', reason: 'tasks', tasks: [], turn });
    const wakes = newEvent('task.woken', { task: 'a', by: 'tasks' });
    const tried = [started('a', 1, 2), activityStarted('a/1', 'a'), written, said, wakes, started('a', 2, 3)];
    const failed = newEvent('task.failed', { task: 'a', error }, 5);
    const task = taskAfter(...tried, failed, reopened('interrupted', 9), failed, reopened('retry', 9));
    expect(task).toMatchObject({ attempts: 0, superseded: 1, changedFiles: false, pausedMilliseconds: 0 });
    expect(task.activities).toHaveLength(1);
    for (const name of ['startedAt', 'woken', 'said']) expect(task).not.toHaveProperty(name);
  });

  it('goes on with its attempt where it was interrupted, and the time in between does not count', () => {
    const cancelled = (time: number) => newEvent('task.cancelled', { task: 'a' }, time);
    const task = taskAfter(started('a', 1, 1_000), started('a', 2, 1_010), written, cancelled(1_020), reopened('interrupted', 1_050));
    expect(task).toMatchObject({ attempts: 1, pausedMilliseconds: 30, startedAt: 1_000, changedFiles: true, superseded: 0 });
    const twice = taskAfter(
      started('a', 1, 1_000),
      cancelled(1_020),
      reopened('interrupted', 1_050),
      started('a', 1, 1_060),
      cancelled(1_070),
      reopened('interrupted', 1_075),
    );
    expect(twice).toMatchObject({ attempts: 0, pausedMilliseconds: 35 });
  });

  it('counts neither fewer than no attempts nor a pause backwards, whatever a journal says', () => {
    expect(taskAfter(reopened('interrupted')).attempts).toBe(0);
    const task = taskAfter(started('a'), newEvent('task.cancelled', { task: 'a' }, 1_020), reopened('interrupted', 1_010));
    expect(task.pausedMilliseconds).toBe(0);
  });

  it("takes its turn out of the order of the conversation, and nobody else's", () => {
    const ends = ['a', 'b', 'c'].map((task) => newEvent('task.completed', { task, turn }));
    const added = ['a', 'b', 'c'].map((task, place) => taskAdded(task, place + 1));
    expect(after(...added, ...ends, newEvent('task.reopened', { task: 'b', reason: 'retry' })).turnOrder).toEqual(['a', 'c']);
  });

  it('tells who depends on a task directly, each once, in the order in which they joined', () => {
    const state = after(taskAdded('a', 1), taskAdded('b', 2, ['a', 'a']), taskAdded('c', 3, ['b', 'a']), taskAdded('d', 4, ['a']));
    expect([...state.dependents]).toEqual([
      ['a', ['b', 'c', 'd']],
      ['b', ['c']],
    ]);
  });

  it('says which task a history contradicts itself about', () => {
    expect(() => after(started('b'))).toThrow(/there is no task "b"/);
    expect(() => after(taskAdded('a', 1), taskAdded('a', 2))).toThrow(/the task "a" is there already/);
    const part = (task: string, parent: string) => ({ ...taskAdded(task, 1), data: { ...taskAdded(task, 1).data, parent } }) as NewEvent;
    expect(() => after(part('a', 'a'))).toThrow(/parts of "a" were there before it/);
    expect(() => after(part('a', 'b'), part('b', 'a'))).toThrow(/parts of "b" were there before it/);
    expect(after(taskAdded('b', 1), part('a', 'b')).tasks.get('a')?.parent).toBe('b');
  });
});

describe('the state of a task that asks a person', () => {
  const question = { round: 1, wants: 'answer' as const, ask: 'Which?', shown: [], diff: '', leftOut: 0, against: 'project' as const };
  const asked = newEvent('task.asked', { task: 'a', ...question }, 1_500);
  const waits = newEvent('task.waiting', { task: 'a', reason: 'answer' });
  const decided = (about: number, answer: string, time = 2_000) =>
    newEvent('task.decided', { task: 'a', decision: 'answered', answer, by: 'Ann', asked: about, shown: [] }, time);
  const first = { decision: 'answered', answer: 'blue', by: 'Ann', asked: 4, shown: [], time: 2_000, sequence: 6 };

  it('has the question, and goes on at once when that is decided', () => {
    expect(taskAfter(started('a'), asked, waits)).toMatchObject({ status: 'waiting', question: { ...question, time: 1_500, sequence: 4 } });
    const task = taskAfter(started('a'), asked, waits, decided(4, 'blue'));
    expect(task).toMatchObject({ status: 'pending', woken: { by: 'decision' }, decisions: [first], question: { decided: first } });
    expect(task).not.toHaveProperty('waiting');
    expect(task.question).not.toHaveProperty('task');
  });

  it('goes on waiting where it is asked anew meanwhile', () => {
    expect(taskAfter(started('a'), asked, waits, asked)).toMatchObject({
      status: 'waiting',
      waiting: { reason: 'answer' },
      question: { sequence: 6 },
    });
  });

  it('goes on working where it decides for itself', () => {
    const wakes = newEvent('task.woken', { task: 'a', by: 'time' });
    const task = taskAfter(started('a'), asked, waits, wakes, started('a'), decided(4, 'blue'));
    expect(task).toMatchObject({ status: 'running', woken: { by: 'time' }, decisions: [{ answer: 'blue' }] });
  });

  it('knows every decision, in their order', () => {
    const again = [started('a'), asked, waits, decided(8, 'green')];
    expect(taskAfter(started('a'), asked, waits, decided(4, 'blue'), ...again).decisions?.map(({ answer }) => answer)).toEqual([
      'blue',
      'green',
    ]);
  });

  it('refuses a decision about what was not asked, was asked before, or is decided', () => {
    const refused = /"a" has not asked for this, or it was decided before/;
    expect(() => taskAfter(started('a'), waits, decided(3, 'blue'))).toThrow(refused);
    expect(() => taskAfter(started('a'), asked, waits, decided(5, 'blue'))).toThrow(refused);
    expect(() => taskAfter(started('a'), asked, waits, decided(4, 'blue'), decided(4, 'green'))).toThrow(refused);
  });

  it('has no question any more where it is asked for anew', () => {
    expect(taskAfter(started('a'), asked, waits, reopened('interrupted'))).toHaveProperty('question');
    expect(taskAfter(started('a'), asked, waits, reopened('retry'))).not.toHaveProperty('question');
  });
});

it('the tasks that joined a run for another one are known by it, in the order in which they joined', () => {
  const joins = (task: string, parent: string) => ({ ...taskAdded(task, 1), data: { ...taskAdded(task, 1).data, parent } }) as NewEvent;
  const state = after(taskAdded('a', 1), taskAdded('b', 2), joins('a/1/x', 'a'), joins('a/1/y', 'a'), joins('b/x', 'b'));
  expect([...state.children]).toEqual([
    ['a', ['a/1/x', 'a/1/y']],
    ['b', ['b/x']],
  ]);
});
