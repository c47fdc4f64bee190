import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { KeyInput } from '../../../../src/cli/views/live/live-keys.ts';
import { liveView } from '../../../../src/cli/views/live/live-view.ts';
import { lookFor } from '../../../../src/cli/views/look.ts';
import { added, liveEvent, started, written } from '../live-events.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A keyboard, and the state of its terminal. */
class Keyboard implements KeyInput {
  isRaw = false;
  readonly #hearers = new Set<(data: Buffer) => void>();
  setRawMode(isRaw: boolean) {
    this.isRaw = isRaw;
  }
  resume() {}
  pause() {}
  on(_: 'data', hear: (data: Buffer) => void) {
    this.#hearers.add(hear);
  }
  off(_: 'data', hear: (data: Buffer) => void) {
    this.#hearers.delete(hear);
  }
  press(key: string) {
    for (const hear of this.#hearers) hear(Buffer.from(key));
  }
}

function begin({ keys, bell = 'off' }: { keys?: KeyInput; bell?: 'on' | 'off' } = {}) {
  const painted: string[] = [];
  const view = liveView({
    terminal: { write: (text) => void painted.push(text), columns: () => 80, rows: () => 24 },
    look: lookFor({ NO_COLOR: '1' }, 'linux'),
    keys,
    bell,
  });
  return { view, painted, last: () => painted.at(-1) ?? '' };
}

/** A view of a run that writes, with a person at its keyboard. */
function watched() {
  const keys = new Keyboard();
  const { view, ...rest } = begin({ keys });
  const paused: string[] = [];
  const asked: { run: string; signal: AbortSignal; answer: () => void }[] = [];
  view.steer?.({
    pause: (run) => Promise.resolve(paused.push(run)),
    say: (run, signal) =>
      new Promise<void>((resolve) => {
        asked.push({ run, signal, answer: resolve });
        signal.addEventListener('abort', () => resolve());
      }),
  });
  view.begin?.();
  const reply = Array.from({ length: 20 }, (_, line) => `line ${line}\n`).join('');
  for (const event of [
    started,
    added('a', 1, 'developer'),
    liveEvent('task.started', Date.now(), { task: 'a', attempt: 1, agent: 'x' }),
    liveEvent('reply.delta', Date.now(), { activity: 'a/1', text: reply, tokens: 60, milliseconds: 1000 }),
  ])
    view.event(event);
  vi.advanceTimersByTime(100);
  return { view, keys, paused, asked, ...rest };
}

test('nothing is written before it begins and after it has ended', () => {
  const { view, painted } = begin();
  view.say?.('early');
  vi.advanceTimersByTime(1000);
  expect(painted).toEqual([]);
  view.begin?.();
  view.event(started);
  view.end?.();
  const count = painted.length;
  view.end?.();
  view.say?.('late');
  vi.advanceTimersByTime(1000);
  expect(painted).toHaveLength(count);
  expect(vi.getTimerCount()).toBe(0);
});

test('events are shown at the next tick, and time goes on without them', () => {
  const { view, last } = begin();
  view.begin?.();
  for (const event of [started, added('a', 1, 'developer'), liveEvent('task.started', Date.now(), { task: 'a', attempt: 1, agent: 'x' })])
    view.event(event);
  vi.advanceTimersByTime(100);
  expect(last()).toContain('waiting for the model');
  vi.advanceTimersByTime(5000);
  expect(last()).toContain('5.1 s');
});

test('what is said stands in the picture', () => {
  const { view, last } = begin();
  view.begin?.();
  view.say?.('Stopping; what has arrived is kept.\n');
  expect(last()).toContain('Stopping; what has arrived is kept.');
});

test('what its beginning waits for stands there until the run begins, one thing at a time', () => {
  const { view, last } = begin();
  view.begin?.();
  view.waitFor?.('The server is still loading, after 10 s.\n');
  expect(last()).toContain('after 10 s');
  view.waitFor?.('The server is still loading, after 20 s.\n');
  expect(last()).toContain('after 20 s');
  expect(last()).not.toContain('after 10 s');
  view.event(started);
  vi.advanceTimersByTime(100);
  expect(last()).not.toContain('by now');
});

test('the time that is left is said once it is known what runs like this one took', async () => {
  const { view, last } = begin();
  const asked: unknown[] = [];
  view.learnFrom?.((run) => {
    asked.push(run);
    return Promise.resolve([{ task: 'a', milliseconds: 600_000 }]);
  });
  view.begin?.();
  for (const event of [started, added('a', 1, 'developer')]) view.event(event);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toMatchObject([{ workflow: 'bug_fix', model: { name: 'small.gguf' } }]);
  expect(last()).toContain('about 10 min left');
});

test('where nothing can be learnt from earlier runs, nothing is said of the time that is left', async () => {
  const { view, last } = begin();
  view.learnFrom?.(() => Promise.reject(new Error('The journal cannot be read.')));
  view.begin?.();
  for (const event of [started, added('a', 1, 'developer')]) view.event(event);
  await vi.advanceTimersByTimeAsync(100);
  expect(last()).toContain('0 of 1 steps');
  expect(last()).not.toMatch(/left|cannot be read/);
});

test('where no run began, nothing of it stays', () => {
  const { view, last } = begin();
  view.begin?.();
  view.end?.();
  expect(last()).not.toContain('Getting');
});

test.each([
  ['interrupted', true],
  ['retry', false],
] as const)('a task that is begun again because of "%s" shows what it did before: %s', (reason, shown) => {
  const { view, last } = begin();
  view.begin?.();
  for (const event of [started, added('a', 1, 'developer'), written('a', 'old.py'), liveEvent('task.reopened', 1, { task: 'a', reason })])
    view.event(event);
  vi.advanceTimersByTime(100);
  expect(last().includes('old.py')).toBe(shown);
});

test('a task that another run has done is no work of this one, until it is begun again', () => {
  const { view, last } = begin();
  view.begin?.();
  const builds = { ...started, data: { ...started.data, inherits: { run: 'earlier', how: 'refine', tasks: ['a'] } } } as typeof started;
  for (const event of [
    builds,
    added('a', 1, 'developer'),
    liveEvent('task.started', 1, { task: 'a', attempt: 1, agent: 'x' }),
    written('a', 'old.py'),
    liveEvent('task.completed', 1, { task: 'a' }),
  ])
    view.event(event);
  vi.advanceTimersByTime(100);
  expect(last()).toContain('Builds on earlier');
  expect(last()).toMatch(/a\s+Developer\s+taken over\s+1 file/);
  expect(last()).not.toContain('old.py');
  view.event(liveEvent('task.reopened', 2, { task: 'a', reason: 'retry' }));
  view.event(liveEvent('task.started', Date.now(), { task: 'a', attempt: 1, agent: 'x' }));
  vi.advanceTimersByTime(100);
  expect(last()).not.toContain('taken over');
});

test('what the last call failed with is told once where the task fails with it', () => {
  const { view, last } = begin();
  view.begin?.();
  const error = { code: 'model.gone', message: 'The server went away.' };
  for (const event of [
    started,
    added('a', 1, 'developer'),
    liveEvent('call.ended', 2, { activity: 'a/1', call: 1, finishReason: 'error', error }),
    liveEvent('task.failed', 3, { task: 'a', error }),
  ])
    view.event(event);
  vi.advanceTimersByTime(100);
  expect(last().match(/The server went away/g)).toHaveLength(1);
});

test('what a team elsewhere is at stands with its task, and its words can do nothing to the terminal', () => {
  const { view, last } = begin();
  view.begin?.();
  const progress = { activity: 'a/1', stage: 'BUILD', agent: 'Mantis #2', message: 'wri\u001b[2Jting', step: { now: 3, of: 9 } };
  for (const event of [
    started,
    added('a', 1, 'developer'),
    liveEvent('task.started', Date.now(), { task: 'a', attempt: 1, agent: 'x' }),
    liveEvent('remote.progress', Date.now(), progress),
  ])
    view.event(event);
  vi.advanceTimersByTime(100);
  expect(last()).toContain('[BUILD] Mantis #2: writing (3 of 9)');
});

test('r shows more of a reply that is being written, and less again', () => {
  const { keys, last } = watched();
  expect(last().match(/line \d+/g)).toEqual(['line 18', 'line 19']);
  keys.press('r');
  vi.advanceTimersByTime(100);
  expect(last().match(/line \d+/g)?.[0]).toBe('line 5');
  keys.press('r');
  vi.advanceTimersByTime(100);
  expect(last().match(/line \d+/g)).toHaveLength(2);
});

test('p has the run pause, once, and the keys that are left are told', () => {
  const { view, keys, paused, last } = watched();
  expect(last()).toContain('p pause');
  keys.press('p');
  expect(paused).toEqual(['20260102-030405678-abcd']);
  view.event(liveEvent('run.held', Date.now(), { by: 'Ann' }));
  keys.press('p');
  expect(paused).toEqual(['20260102-030405678-abcd']);
  vi.advanceTimersByTime(100);
  expect(last()).toContain('Paused by Ann');
  expect(last()).not.toContain('p pause');
  view.event(liveEvent('run.resumed', Date.now(), { how: 'resume', owner: { host: 'h', pid: 1 }, overrides: {} }));
  vi.advanceTimersByTime(100);
  expect(last()).not.toContain('Paused by Ann');
  expect(last()).toContain('p pause');
});

test('s asks what to tell the team, without a picture over it; then the picture goes on', async () => {
  const { view, keys, asked, painted } = watched();
  keys.press('s');
  expect(keys.isRaw).toBe(false);
  const count = painted.length;
  vi.advanceTimersByTime(1000);
  expect(painted).toHaveLength(count);
  expect(asked.map(({ run }) => run)).toEqual(['20260102-030405678-abcd']);
  asked[0]?.answer();
  await vi.advanceTimersByTimeAsync(1000);
  expect(painted.length).toBeGreaterThan(count);
  expect(keys.isRaw).toBe(true);
  view.end?.();
  expect(keys.isRaw).toBe(false);
});

test('l shows the replies of the steps, and Esc the run again', () => {
  const { view, keys, paused, last } = watched();
  view.event(added('b', 2, 'qa_engineer'));
  keys.press('l');
  vi.advanceTimersByTime(100);
  expect(last()).toContain('Developer, still writing');
  expect(last()).toMatch(/line 2\b/);
  expect(last()).not.toContain('Ctrl-C stops');
  keys.press('\u001b[B');
  vi.advanceTimersByTime(100);
  expect(last()).not.toMatch(/line 2\b/);
  // A key of the run does nothing here.
  keys.press('p');
  expect(paused).toEqual([]);
  keys.press('\u001b');
  vi.advanceTimersByTime(100);
  expect(last()).toContain('Ctrl-C stops');
});

test.each(['hold', 'end'] as const)('at "%s" the whole picture of the run stays, also where somebody looks at replies', (what) => {
  const { view, keys, last } = watched();
  keys.press('l');
  vi.advanceTimersByTime(100);
  view[what]?.();
  expect(last()).toContain('Run 20260102');
  expect(last()).not.toContain('Esc: back');
});

test('where a step asks something meanwhile, that is asked instead', async () => {
  const { view, keys, asked, painted } = watched();
  keys.press('s');
  view.hold?.();
  expect(asked[0]?.signal.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(0);
  const count = painted.length;
  await vi.advanceTimersByTimeAsync(1000);
  expect(painted).toHaveLength(count);
  view.release?.();
  expect(keys.isRaw).toBe(true);
});

test('without a person who can steer, keys are left to the terminal', () => {
  const keys = new Keyboard();
  const { view } = begin({ keys });
  view.begin?.();
  expect(keys.isRaw).toBe(false);
});

test('the bell rings when a person is asked, and at the end of what took long', () => {
  const asks = {
    task: 'a',
    round: 1,
    wants: 'approval' as const,
    ask: 'Well?',
    shown: [],
    diff: '',
    leftOut: 0,
    against: 'project' as const,
  };
  const rings = (painted: string[]) => painted.filter((text) => text === '\u0007').length;
  const { view, painted } = begin({ bell: 'on' });
  view.begin?.();
  for (const event of [started, added('a', 1, 'developer'), liveEvent('task.asked', Date.now(), asks)]) view.event(event);
  expect(rings(painted)).toBe(1);
  vi.advanceTimersByTime(30_000);
  view.end?.();
  expect(rings(painted)).toBe(2);
  const short = begin({ bell: 'on' });
  short.view.begin?.();
  short.view.end?.();
  const silent = begin({ bell: 'off' });
  silent.view.begin?.();
  silent.view.event(liveEvent('task.asked', Date.now(), asks));
  expect(rings([...short.painted, ...silent.painted])).toBe(0);
});
