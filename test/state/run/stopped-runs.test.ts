import { describe, expect, it } from 'vitest';
import type { EventData, JournalEvent } from '../../../src/events/run-stream-events.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';
import { newEvent, note, runStarted, taskAdded } from '../store/sample-events.ts';
import { after, fold, started } from './folded.ts';
import { numbered } from './random-history.ts';

type Resumed = EventData<'run.resumed'>;
const resumed = (time: number, data: Partial<Resumed> = {}) =>
  newEvent('run.resumed', { how: 'resume', owner: { host: 'h', pid: 1 }, overrides: {}, ...data }, time);
const interrupted = (time: number) => newEvent('run.interrupted', { reason: 'stopped' }, time);
const model = (name: string, address = 'http://127.0.0.1:8080/v1'): Resumed['model'] => ({ name, address, engine: 'server' });
const edited = newEvent('artifact.edited', { path: 'a.py', expected: '11', found: '22' });
const error = { code: 'x', message: 'x' };

describe('a run that was stopped', () => {
  it('is interrupted until it is resumed', () => {
    expect(after(interrupted(2_000)).status).toBe('interrupted');
    expect(after(interrupted(2_000), resumed(3_000)).status).toBe('running');
  });

  it('tells what it waits for, until it goes on or ends', () => {
    const waits = newEvent('run.waiting', { until: 9_000, signals: ['go'], tasks: { completed: 0, total: 1 } }, 2_000);
    expect(after(waits)).toMatchObject({ status: 'waiting', waiting: { until: 9_000, signals: ['go'] } });
    expect(after(waits).waiting).not.toHaveProperty('tasks');
    const finished = newEvent('run.finished', { status: 'cancelled', durationMilliseconds: 1 }, 2_500);
    for (const state of [after(waits, resumed(3_000)), after(waits, finished)]) expect(state).not.toHaveProperty('waiting');
  });

  it.each([
    ['resumed', resumed(5_000)],
    ['given a task', { ...taskAdded('b', 2), time: 5_000 }],
    ['begun again', started('a', 2, 5_000)],
  ])('does not count the time until it is %s, for itself and for the tasks that had begun', (_, goesOn) => {
    const added = [taskAdded('a', 1), taskAdded('done', 2), taskAdded('later', 3)];
    const worked = [started('done', 1, 1_100), newEvent('task.completed', { task: 'done' }, 1_200), started('a', 1, 1_500)];
    const finished = newEvent('run.finished', { status: 'failed', durationMilliseconds: 1, error }, 2_000);
    const state = after(...added, ...worked, finished, goesOn);
    expect(state).toMatchObject({ status: 'running', pausedMilliseconds: 3_000, workedUntil: 5_000 });
    expect(['a', 'done', 'later'].map((task) => state.tasks.get(task)?.pausedMilliseconds)).toEqual([3_000, 0, 0]);
    for (const name of ['finishedAt', 'error']) expect(state).not.toHaveProperty(name);
  });

  it('adds up its pauses, and each begins where somebody last worked on it', () => {
    const state = after(taskAdded('a', 1), started('a', 1, 1_100), interrupted(2_000), resumed(3_000), interrupted(3_500), resumed(4_500));
    expect(state.pausedMilliseconds).toBe(2_000);
    expect(state.tasks.get('a')?.pausedMilliseconds).toBe(2_000);
    // Nobody recorded that its owner died: it was paused since its last event.
    expect(after(note('x', 1_500), resumed(4_000)).pausedMilliseconds).toBe(2_500);
  });

  it('was worked on when it began', () => {
    expect(after().workedUntil).toBe(1_000);
    expect(fold(numbered([runStarted(), interrupted(1_000), resumed(3_000)])).pausedMilliseconds).toBe(2_000);
  });

  it('counts no pause backwards where a clock was set back', () => {
    expect(after(interrupted(2_000), resumed(1_500)).pausedMilliseconds).toBe(0);
  });

  it('was not worked on while a person did something with it', () => {
    const finished = newEvent('run.finished', { status: 'failed', durationMilliseconds: 1 }, 2_000);
    const state = after(finished, { ...edited, time: 9_000 });
    expect(state.workedUntil).toBe(2_000);
    expect(state.edits).toHaveLength(1);
  });

  it('knows only the files that were found changed when it was last resumed', () => {
    expect(after(resumed(2_000), edited).edits).toMatchObject([{ path: 'a.py', found: '22', time: 1_000, sequence: 3 }]);
    expect(after(resumed(2_000), edited, resumed(3_000)).edits).toEqual([]);
  });

  it('ends without an error where the end tells none', () => {
    expect(after(newEvent('run.finished', { status: 'completed', durationMilliseconds: 1 }, 9))).not.toHaveProperty('error');
  });
});

describe('a run that went on with another model', () => {
  const later = (...models: Resumed['model'][]) => after(...models.map((each) => resumed(2_000, { model: each }))).laterModels;

  it('names each, once each time that the model or its server changed', () => {
    const other = 'http://127.0.0.1:9/v1';
    const models = [model('tiny'), undefined, model('big'), model('big'), model('big', other), model('tiny'), model('tiny')];
    expect(later(...models)).toEqual([model('big'), model('big', other), model('tiny')]);
  });

  it('takes several servers for the same as long as they are the same ones', () => {
    const on = (...ports: number[]): Resumed['model'] => ({
      ...model('tiny')!,
      servers: ports.map((port) => ({ address: `http://127.0.0.1:${port}/v1` })),
    });
    expect(later(on(8080))).toEqual([]);
    expect(later(on(1, 2), on(1, 2), on(1, 3))).toEqual([on(1, 2), on(1, 3)]);
  });

  it('knows every named model as it was last asked', () => {
    const state = after(
      resumed(2_000, { models: { coder: model('a')!, writer: model('b')! } }),
      resumed(3_000, { models: { coder: model('c')! } }),
      resumed(4_000),
    );
    expect(state.models).toEqual({ coder: model('c'), writer: model('b') });
    expect(after(resumed(2_000))).not.toHaveProperty('models');
  });
});

describe('a history that another program wrote', () => {
  const unknown = (type: string, version = 3): JournalEvent => ({
    ...numbered([note('x')])[0]!,
    type: 'event.unknown',
    version,
    data: { type, data: {} },
  });
  const at = (sequence: number, event: JournalEvent): JournalEvent => ({ ...event, sequence });
  const [begin] = numbered([runStarted()]);
  const read = async (...events: JournalEvent[]) =>
    foldRun(
      (async function* () {
        yield* events;
      })(),
    );

  it('is read on where an event is not known, which is kept', () => {
    const state = fold([begin!, at(2, unknown('task.dreamt')), at(3, unknown('task.slept', 4))]);
    expect(state.unknownEvents).toEqual([
      { type: 'task.dreamt', version: 3, sequence: 2 },
      { type: 'task.slept', version: 4, sequence: 3 },
    ]);
  });

  it('is refused as one of a newer version where it begins with what is not known', () => {
    expect(() => fold([at(1, unknown('run.begun'))])).toThrow(
      expect.objectContaining({
        code: 'journal.newer_event',
        message: expect.stringMatching(/"run:r1".*event 1 .*"run.begun" in version 3/),
      }),
    );
    expect(() => fold([at(1, unknown('house:begun'))])).toThrow(/event 1 .*a run begins with run.started/);
  });

  it('is refused as one of a newer version where it makes no sense without the first event that is not known', async () => {
    const [contradicts] = numbered([started('a')]);
    const broken = [begin!, at(2, unknown('house:note')), at(3, unknown('task.dreamt')), at(4, unknown('task.slept')), at(5, contradicts!)];
    await expect(read(...broken)).rejects.toMatchObject({
      code: 'journal.newer_event',
      message: expect.stringMatching(/"run:r1".*event 3 .*"task.dreamt" in version 3/),
    });
    await expect(read(begin!, at(2, unknown('house:note')), at(3, contradicts!))).rejects.toMatchObject({ code: 'journal.inconsistent' });
    await expect(read(contradicts!)).rejects.toMatchObject({ code: 'journal.inconsistent' });
    await expect(read(begin!, at(2, contradicts!))).rejects.toMatchObject({ code: 'journal.inconsistent' });
  });

  it('says what is missing', () => {
    const [, , last] = numbered([runStarted(), note('lost'), note('there')]);
    expect(() => fold([begin!, last!])).toThrow(/event 3 .*event 2 is missing before it/);
    expect(() => fold([begin!, at(2, begin!)])).toThrow(/the run has started already/);
  });
});
