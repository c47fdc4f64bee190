import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import type { TurnEntry } from '../../../src/events/task-events.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { applyEvent, foldRun, type RunState } from '../../../src/state/run/run-state.ts';
import { replyOf } from '../../../src/state/run/activities-of.ts';
import { turnOf } from '../../../src/state/run/turn-of.ts';
import { usageOfRun } from '../../../src/state/run/usage-of-run.ts';
import { after, fold, started } from './folded.ts';
import { numbered, randomHistory } from './random-history.ts';
import { activityStarted, newEvent, note, runStarted, taskAdded } from '../store/sample-events.ts';

const delta = (activity: string, text: string, reasoning?: string) =>
  newEvent('reply.delta', { activity, text, ...(reasoning === undefined ? {} : { reasoning }), tokens: 1, milliseconds: 1 });
const callStarted = (activity: string, call: number, continues: number) => newEvent('call.started', { activity, call, continues });
const completed = (activity: string, text: string) =>
  newEvent('activity.completed', { activity, kind: 'reply', text, reasoning: '', finishReason: 'stop', usage: {} });
const turnFrom = (asked: string, replied: string): TurnEntry[] => [
  { role: 'user', activity: asked },
  { role: 'assistant', activity: replied },
];
const error = { code: 'model.gone', message: 'The server went away.' };

describe('the fold of a run', () => {
  test('takes any prefix of any history and agrees with it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 80 }), (choices) => {
        const { events, expected } = randomHistory(choices);
        let state: RunState | undefined;
        for (const event of events) {
          state = applyEvent(state, event);
          expect(state.lastSequence).toBe(event.sequence);
        }
        const tasks = [...(state?.tasks.values() ?? [])];
        expect(new Map(tasks.map(({ task, status }) => [task, status]))).toEqual(expected.statuses);
        expect(tasks.map(({ number }) => number)).toEqual(tasks.map(({ number }) => number).toSorted((a, b) => a - b));
        expect(
          new Map([...(state?.activities ?? [])].map(([activity, record]) => [activity, 'text' in record ? record.text : undefined])),
        ).toEqual(expected.texts);
        expect(tasks.flatMap(({ activities }) => activities).length).toBe(expected.texts.size);
        expect(state?.artifacts.length).toBe(expected.artifacts);
      }),
    );
  });

  test('is the same read from a stream as applied one by one', async () => {
    const { events } = randomHistory(Array.from({ length: 200 }, (_, index) => (index * 2_654_435_761) % 2 ** 31));
    const stream = async function* () {
      yield* events;
    };
    expect(await foldRun(stream())).toEqual(fold(events));
  });

  test('begins with what the run was started with, and is running', () => {
    expect(after()).toMatchObject({
      run: 'r1',
      workflow: 'bug_fix',
      input: { requirement: 'Mend it.', files: [] },
      model: { name: 'tiny' },
      transcript: { turns: 'linear', layout: 'transcript' },
      maxParallel: 1,
      output: 'output/generated/r1',
      status: 'running',
      startedAt: 1_000,
      epoch: { number: 0, cuts: [] },
      replyCaps: {},
      lastSequence: 1,
    });
  });

  test('keeps tasks in step order, whatever the order in which they are added', () => {
    const state = after(taskAdded('a', 1), taskAdded('c', 3), taskAdded('b', 2), taskAdded('b2', 2), taskAdded('d', 4));
    expect([...state.tasks.keys()]).toEqual(['a', 'b', 'b2', 'c', 'd']);
  });

  test.each<{ end: NewEvent; expected: object }>([
    { end: newEvent('task.completed', { task: 'a' }, 9), expected: { status: 'completed', completedAt: 9 } },
    { end: newEvent('task.failed', { task: 'a', error }, 9), expected: { status: 'failed', completedAt: 9, error } },
    { end: newEvent('task.cancelled', { task: 'a' }, 9), expected: { status: 'cancelled', completedAt: 9 } },
    {
      end: newEvent('task.skipped', { task: 'a', reason: 'dependency_failed', because: 'b' }, 9),
      expected: { status: 'skipped', completedAt: 9, skipped: { reason: 'dependency_failed', because: 'b' } },
    },
  ])('knows how and when a task ended: $end.type', ({ end, expected }) => {
    const task = after(taskAdded('a', 1), started('a', 1, 5), newEvent('task.waiting', { task: 'a', reason: 'backoff' }, 6), end).tasks.get(
      'a',
    );
    expect(task).toMatchObject({ startedAt: 5, attempts: 1, agent: 'dev_001', ...expected });
    expect(task).not.toHaveProperty('waiting');
  });

  test('knows why and until when a task waits', () => {
    const state = after(taskAdded('a', 1), started('a'), newEvent('task.waiting', { task: 'a', reason: 'backoff', until: 7, error }));
    expect(state.tasks.get('a')).toMatchObject({ status: 'waiting', waiting: { reason: 'backoff', until: 7, error } });
  });

  test('counts attempts from the first start and forgets the earlier failure', () => {
    const failed = newEvent('task.failed', { task: 'a', error }, 6);
    const task = after(taskAdded('a', 1), started('a', 1, 5), failed, started('a', 2, 8)).tasks.get('a');
    expect(task).toMatchObject({ status: 'running', attempts: 2, startedAt: 5 });
    expect(task).not.toHaveProperty('error');
    expect(task).not.toHaveProperty('completedAt');
  });

  test('a run that goes on after its end is running again', () => {
    const finished = newEvent('run.finished', { status: 'failed', durationMilliseconds: 1, error }, 9);
    const before = after(taskAdded('a', 1), finished);
    expect(before).toMatchObject({ status: 'failed', finishedAt: 9, error });
    const again = after(taskAdded('a', 1), finished, started('a'));
    expect(again.status).toBe('running');
    expect(again).not.toHaveProperty('finishedAt');
    expect(again).not.toHaveProperty('error');
  });

  describe('of a reply', () => {
    const begun = [taskAdded('a', 1), started('a'), activityStarted('a/1', 'a')];

    test('holds the text saved so far, and its reasoning', () => {
      const state = after(...begun, callStarted('a/1', 1, 0), delta('a/1', 'Hel', 'hm'), delta('a/1', 'lo', '!'));
      expect(state.activities.get('a/1')).toMatchObject({ status: 'started', text: 'Hello', reasoning: 'hm!' });
    });

    test('drops what was saved beyond the place from which a later call continues', () => {
      const state = after(...begun, callStarted('a/1', 1, 0), delta('a/1', 'Hello'), callStarted('a/1', 2, 3), delta('a/1', 'p'));
      expect(replyOf(state, 'a/1')?.text).toBe('Help');
    });

    test('begins anew when the activity is repeated, and still knows what was spent before', () => {
      const spent = newEvent('call.ended', { activity: 'a/1', call: 1, finishReason: 'error', usage: { replyTokens: 5 }, error });
      const state = after(...begun, callStarted('a/1', 1, 0), delta('a/1', 'Hel'), spent, activityStarted('a/1', 'a', 'Again.'));
      expect(state.activities.get('a/1')).toMatchObject({ text: '', message: 'Again.', usage: { replyTokens: 5 } });
      expect(state.tasks.get('a')?.activities).toEqual([state.activities.get('a/1')]);
    });

    test('is the whole reply once it is complete', () => {
      const state = after(...begun, delta('a/1', 'Hel'), completed('a/1', 'Hello'));
      expect(state.activities.get('a/1')).toMatchObject({ status: 'completed', text: 'Hello', finishReason: 'stop' });
    });

    test('keeps the text of a failed one', () => {
      const state = after(...begun, newEvent('activity.failed', { activity: 'a/1', kind: 'reply', error, text: 'Hel' }));
      expect(state.activities.get('a/1')).toMatchObject({ status: 'failed', text: 'Hel', error });
    });

    test('sums usage over its calls, and leaves unknown what no call told', () => {
      const ended = (call: number, usage?: object) =>
        newEvent('call.ended', { activity: 'a/1', call, finishReason: 'length', ...(usage === undefined ? {} : { usage }) });
      const calls = [callStarted('a/1', 1, 0), ended(1, { promptTokens: 10, replyTokens: 2 }), callStarted('a/1', 2, 2), ended(2)];
      const more = [callStarted('a/1', 1, 2), ended(1, { promptTokens: 12 })];
      const state = after(...begun, ...calls, ...more, completed('a/1', 'x'));
      expect(replyOf(state, 'a/1')?.usage).toEqual({ promptTokens: 22, replyTokens: 2 });
      expect(replyOf(state, 'a/1')?.calls.map(({ usage }) => usage?.promptTokens)).toEqual([10, undefined, 12]);
      expect(usageOfRun(state)).toEqual({ promptTokens: 22, replyTokens: 2 });
    });

    test('knows how far the prompt is read, of the latest call only', () => {
      const progress = newEvent('prompt.progress', { activity: 'a/1', processed: 5, total: 9, cached: 2 });
      const first = [...begun, callStarted('a/1', 1, 0), progress];
      expect(replyOf(after(...first), 'a/1')?.promptProgress).toEqual({ processed: 5, total: 9, cached: 2 });
      expect(after(...first, callStarted('a/1', 2, 0)).activities.get('a/1')).not.toHaveProperty('promptProgress');
    });

    test('takes a hundred thousand pieces without slowing down', () => {
      const piece = 'twelve bytes';
      const events = numbered([runStarted(), ...begun, ...Array.from({ length: 100_000 }, () => delta('a/1', piece))]);
      expect(replyOf(fold(events), 'a/1')?.text.length).toBe(100_000 * piece.length);
    }, 5_000);
  });

  test('a turn is the message asked first and the reply given last, in the order of completion', () => {
    const exchange = [
      activityStarted('a/1', 'a', 'First.'),
      completed('a/1', 'no'),
      activityStarted('a/2', 'a', 'Better.'),
      completed('a/2', 'yes\n'),
    ];
    const end = newEvent('task.completed', { task: 'a', turn: turnFrom('a/1', 'a/2') });
    const other = [
      activityStarted('b/1', 'b'),
      completed('b/1', 'b'),
      newEvent('task.completed', { task: 'b', turn: turnFrom('b/1', 'b/1') }),
    ];
    const begun = [taskAdded('a', 1), taskAdded('b', 2), taskAdded('c', 3), started('a'), started('b')];
    const state = after(...begun, ...other, ...exchange, end, newEvent('task.completed', { task: 'c' }));
    expect(turnOf('a', state)).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'First.' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'yes\n' }] },
    ]);
    expect(turnOf('c', state)).toBeUndefined();
    expect(turnOf('nobody', state)).toBeUndefined();
    expect(state.turnOrder).toEqual(['b', 'a']);
    const again = after(...begun, ...other, ...exchange, end, started('b', 2));
    expect(again.turnOrder).toEqual(['a']);
    expect(turnOf('b', again)).toBeUndefined();
  });

  test('keeps every version of a file, with its task, time and event', () => {
    const written = (task: string, sha256: string, time: number) =>
      newEvent('artifact.written', { task, path: 'a.py', bytes: 1, sha256, outcome: 'created', format: 'fence', range: [0, 1] }, time);
    const state = after(taskAdded('a', 1), taskAdded('b', 2), written('a', '11', 5), written('b', '22', 6));
    expect(state.artifacts).toMatchObject([
      { path: 'a.py', task: 'a', sha256: '11', time: 5, sequence: 4 },
      { path: 'a.py', task: 'b', sha256: '22', time: 6, sequence: 5 },
    ]);
  });

  test('keeps refusals, collisions and messages', () => {
    const state = after(
      taskAdded('a', 1),
      newEvent('artifact.refused', { task: 'a', name: '../x', reason: 'outside', sha256: '11', range: [0, 1] }),
      newEvent('artifact.collided', { task: 'a', path: 'x', sha256: '11', earlier: { task: 'a', sha256: '22' } }),
      note('hello'),
    );
    expect(state.refusals).toMatchObject([{ name: '../x', sequence: 3 }]);
    expect(state.collisions).toMatchObject([{ path: 'x', sequence: 4 }]);
    expect(state.messages).toMatchObject([{ content: { text: 'hello' }, sequence: 5 }]);
  });

  test('knows the budget, and which replies stand as digests since which epoch', () => {
    const cut = (epoch: number, task: string, digest: string) =>
      newEvent('transcript.cut', { epoch, reason: 'full', cuts: [{ task, digest, charactersBefore: 9, charactersAfter: 5 }] });
    const state = after(newEvent('run.budgeted', { contextTokens: 8192, replyCaps: { a: 1000 } }), cut(1, 'a', 'A'), cut(2, 'b', 'B'));
    expect(state).toMatchObject({ contextTokens: 8192, replyCaps: { a: 1000 } });
    expect(state.epoch.number).toBe(2);
    expect([...state.epoch.digests]).toEqual([
      ['a', 'A'],
      ['b', 'B'],
    ]);
    expect(state.epoch.cuts.map(({ epoch, sequence }) => [epoch, sequence])).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  test.each<{ case: string; events: JournalEvent[] }>([
    { case: 'does not begin with run.started', events: numbered([taskAdded('a', 1)]) },
    { case: 'begins twice', events: numbered([runStarted(), runStarted()]) },
    { case: 'has a gap', events: numbered([runStarted(), note('lost'), note('there')]).toSpliced(1, 1) },
    { case: 'has an event twice', events: numbered([runStarted(), note('a')]).flatMap((event) => [event, event]) },
    { case: 'adds a task twice', events: numbered([runStarted(), taskAdded('a', 1), taskAdded('a', 2)]) },
    { case: 'names an unknown task', events: numbered([runStarted(), started('a')]) },
    { case: 'names an unknown activity', events: numbered([runStarted(), delta('a/1', 'x')]) },
    {
      case: 'ends a call that never began',
      events: numbered([
        runStarted(),
        taskAdded('a', 1),
        activityStarted('a/1', 'a'),
        newEvent('call.ended', { activity: 'a/1', call: 1, finishReason: 'stop' }),
      ]),
    },
  ])('refuses a history that $case', ({ events }) => {
    expect(() => fold(events)).toThrow(expect.objectContaining({ code: 'journal.inconsistent', hint: expect.any(String) }));
  });

  test('a stream without events is no run', async () => {
    const nothing = async function* (): AsyncGenerator<JournalEvent> {};
    await expect(foldRun(nothing())).rejects.toMatchObject({
      code: 'run.not_found',
      category: 'usage',
      message: expect.stringContaining('nothing under this id'),
      hint: expect.stringContaining('List the runs'),
    });
  });
});
