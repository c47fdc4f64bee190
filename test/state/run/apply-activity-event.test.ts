import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { replyOf } from '../../../src/state/run/activities-of.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import type { ReplyRecord } from '../../../src/state/run/run-records.ts';
import { activityStarted, newEvent, taskAdded } from '../store/sample-events.ts';
import { after, started } from './folded.ts';

const begun = [taskAdded('a', 1), started('a'), activityStarted('a/1', 'a')];
const error = { code: 'model.gone', message: 'The server went away.' };
const delta = (text?: string, reasoning?: string, tokens = 1) =>
  newEvent('reply.delta', { activity: 'a/1', text, reasoning, tokens, milliseconds: tokens * 10 });
const callStarted = (call: number, continues: number) => newEvent('call.started', { activity: 'a/1', call, continues });
const replyAfter = (...events: Parameters<typeof after>): ReplyRecord => replyOf(after(...begun, ...events), 'a/1')!;
const completed = newEvent(
  'activity.completed',
  { activity: 'a/1', kind: 'reply', text: 'Hello', reasoning: 'hm', finishReason: 'stop', usage: { replyTokens: 9 } },
  2_000,
);
const command = newEvent(
  'activity.started',
  { activity: 'a/2', task: 'a', kind: 'command', command: 'true', timeoutMilliseconds: 1 },
  3_000,
);
const result = { command: 'true', outcome: 'passed' as const, exitCode: 0, durationMilliseconds: 1, output: '' };
const commandCompleted = newEvent('activity.completed', { activity: 'a/2', kind: 'command', ...result }, 4_000);

describe('the state of a reply', () => {
  it('begins with nothing', () => {
    expect(replyAfter()).toEqual({
      activity: 'a/1',
      task: 'a',
      kind: 'reply',
      message: 'Do it.',
      turns: [],
      epoch: 0,
      status: 'started',
      startedAt: 1_000,
      text: '',
      reasoning: '',
      calls: [],
    });
  });

  it('grows by text, by thoughts, or by both, and tells how far it is', () => {
    const reply = replyAfter(delta('Hel'), delta(undefined, 'h', 2), delta('lo', 'm', 3));
    expect(reply).toMatchObject({ text: 'Hello', reasoning: 'hm', replyProgress: { tokens: 3, milliseconds: 30 } });
  });

  it('is as the model ended it, with the time and the usage that the end tells', () => {
    expect(replyAfter(delta('Hel'), completed)).toMatchObject({
      status: 'completed',
      text: 'Hello',
      reasoning: 'hm',
      finishReason: 'stop',
      endedAt: 2e3,
      usage: { replyTokens: 9 },
    });
  });

  it('is what its calls used, where they told it', () => {
    const ended = newEvent('call.ended', { activity: 'a/1', call: 1, finishReason: 'stop', usage: { replyTokens: 4 } });
    expect(replyAfter(callStarted(1, 0), ended, completed).usage).toEqual({ replyTokens: 4 });
  });

  it('keeps what was saved where it failed without a text of its own', () => {
    const failed = newEvent('activity.failed', { activity: 'a/1', kind: 'reply', error }, 2_000);
    expect(replyAfter(delta('Hel'), failed)).toMatchObject({ status: 'failed', text: 'Hel', error, endedAt: 2_000 });
  });

  it('is cut back where it repeated itself, as often as it did', () => {
    const cut = (at: number) => newEvent('reply.cut', { activity: 'a/1', call: 1, at, removed: 1, why: 'same' });
    const reply = replyAfter(delta('Hello'), cut(4), delta('p'), cut(2));
    expect(reply.text).toBe('He');
    expect(reply.cuts?.map(({ at }) => at)).toEqual([4, 2]);
    expect(reply.cuts?.[0]).not.toHaveProperty('activity');
  });

  it('is continued where it answers the same message: text, thoughts, cuts, calls and usage stay, and so does its beginning', () => {
    const cut = newEvent('reply.cut', { activity: 'a/1', call: 1, at: 2, removed: 1, why: 'same' });
    const ended = newEvent('call.ended', { activity: 'a/1', call: 1, finishReason: 'error', usage: { replyTokens: 5 }, error });
    const saved = [callStarted(1, 0), delta('Hel', 'hm'), cut, ended];
    const again = newEvent(
      'activity.started',
      { activity: 'a/1', task: 'a', kind: 'reply', message: 'Do it.', turns: [], epoch: 0 },
      9_000,
    );
    expect(replyAfter(...saved, again)).toMatchObject({
      startedAt: 1_000,
      text: 'He',
      reasoning: 'hm',
      cuts: [{ at: 2 }],
      usage: { replyTokens: 5 },
      calls: [
        {
          call: 1,
          continues: 0,
          finishReason: 'error',
          usage: { replyTokens: 5 },
          error,
        },
      ],
    });
    const other = replyAfter(...saved, activityStarted('a/1', 'a', 'Another message.'));
    expect(other).toMatchObject({ text: '', reasoning: '', usage: { replyTokens: 5 }, calls: [{ call: 1 }] });
    expect(other).not.toHaveProperty('cuts');
  });

  it('thinks anew where a call begins from nothing, and goes on with its thoughts where one continues', () => {
    expect(replyAfter(callStarted(1, 0), delta('Hel', 'hm'), callStarted(2, 3), delta('lo', '!')).reasoning).toBe('hm!');
    expect(replyAfter(callStarted(1, 0), delta('Hel', 'hm'), callStarted(2, 0), delta('Hi', 'so'))).toMatchObject({
      text: 'Hi',
      reasoning: 'so',
    });
  });

  it('loses nothing where a call continues beyond what was saved', () => {
    expect(replyAfter(callStarted(1, 0), delta('Hel'), callStarted(2, 30)).text).toBe('Hel');
  });

  it('tells of each call which server got it, how it ended and with which error', () => {
    const sent = (call: number, server: string) => newEvent('call.sent', { activity: 'a/1', call, server });
    const ended = newEvent('call.ended', { activity: 'a/1', call: 1, finishReason: 'error', error });
    const reply = replyAfter(callStarted(1, 0), sent(1, 'one'), ended, callStarted(2, 0), sent(2, 'two'));
    expect(reply.calls).toStrictEqual([
      { call: 1, continues: 0, server: 'one', finishReason: 'error', error },
      { call: 2, continues: 0, server: 'two' },
    ]);
    expect(reply).not.toHaveProperty('usage');
  });

  it('says of the latest call of a number, since they are counted anew after a crash', () => {
    const ended = newEvent('call.ended', { activity: 'a/1', call: 1, finishReason: 'stop' });
    expect(replyAfter(callStarted(1, 0), callStarted(1, 0), ended).calls.map(({ finishReason }) => finishReason)).toEqual([
      undefined,
      'stop',
    ]);
  });

  it('knows the faults that were found in it', () => {
    const judged = newEvent('reply.judged', { activity: 'a/1', path: 'a.py', problems: ['It does not parse.'] });
    expect(replyAfter(judged).judged).toEqual({ path: 'a.py', problems: ['It does not parse.'] });
  });
});

describe('each event of a reply changes what it tells, and nothing else', () => {
  const call = callStarted(1, 0);
  const ended = (data: object = {}) => newEvent('call.ended', { activity: 'a/1', call: 1, finishReason: 'stop', ...data });
  it.each<[string, NewEvent, string[]]>([
    ['a call that begins', callStarted(2, 0), ['calls']],
    ['a call that is sent', newEvent('call.sent', { activity: 'a/1', call: 1, server: 'one' }), ['calls']],
    ['a call that ends', ended(), ['calls']],
    ['a call that ends and tells what it used', ended({ usage: { replyTokens: 1 } }), ['calls', 'usage']],
    ['a prompt that is read', newEvent('prompt.progress', { activity: 'a/1', processed: 1, total: 2, cached: 0 }), ['promptProgress']],
    ['a piece', delta('x'), ['replyProgress', 'text']],
    ['a cut', newEvent('reply.cut', { activity: 'a/1', call: 1, at: 0, removed: 0, why: 'same' }), ['cuts']],
    ['a judgement', newEvent('reply.judged', { activity: 'a/1', path: 'a.py', problems: [] }), ['judged']],
  ])('%s', (_, event, changed) => {
    const before = replyAfter(call);
    const reply = replyAfter(call, event);
    const keys = [...new Set([...Object.keys(before), ...Object.keys(reply)])] as (keyof ReplyRecord)[];
    expect(keys.filter((key) => !isDeepStrictEqual(before[key], reply[key])).toSorted()).toEqual(changed);
  });

  it('a call that begins, is sent and ends has no words of its own beside those that were told', () => {
    expect(replyAfter(call).calls).toStrictEqual([{ call: 1, continues: 0 }]);
    const sent = newEvent('call.sent', { activity: 'a/1', call: 1, server: 'one' });
    expect(replyAfter(call, sent).calls).toStrictEqual([{ call: 1, continues: 0, server: 'one' }]);
    expect(replyAfter(call, ended()).calls).toStrictEqual([{ call: 1, continues: 0, finishReason: 'stop' }]);
  });
});

describe('the state of a command', () => {
  it('has its result when it has run, which is a check of the files as well', () => {
    const state = after(...begun, command, commandCompleted);
    expect(state.activities.get('a/2')).toMatchObject({ kind: 'command', status: 'completed', result, startedAt: 3_000, endedAt: 4_000 });
    expect(state.checks).toMatchObject([{ ...result, task: 'a', time: 4_000, sequence: 6 }]);
    const twice = after(...begun, command, commandCompleted, command, { ...commandCompleted, time: 5_000 });
    expect(twice.checks.map(({ time }) => time)).toEqual([4_000, 5_000]);
  });

  it('that is begun again is one, and has not run yet', () => {
    const state = after(...begun, command, commandCompleted, { ...command, time: 5_000 });
    expect(state.tasks.get('a')?.activities).toEqual([state.activities.get('a/1'), state.activities.get('a/2')]);
    expect(state.activities.get('a/2')).toMatchObject({ status: 'started', startedAt: 3_000 });
    expect(state.activities.get('a/2')).not.toHaveProperty('result');
    expect(state.activities.get('a/2')).not.toHaveProperty('text');
  });

  it('has no text where it failed', () => {
    const failed = newEvent('activity.failed', { activity: 'a/2', kind: 'command', error });
    const record = after(...begun, command, failed).activities.get('a/2');
    expect(record).toMatchObject({ status: 'failed', error });
    expect(record).not.toHaveProperty('text');
  });
});

describe('activities of a task', () => {
  it('stand in the order in which they began, also when one is begun again', () => {
    const state = after(...begun, command, activityStarted('a/3', 'a'), { ...command, time: 5_000 }, activityStarted('a/1', 'a'));
    expect(state.tasks.get('a')?.activities.map(({ activity }) => activity)).toEqual(['a/1', 'a/2', 'a/3']);
  });

  it.each([
    ['there is no activity "a/9"', newEvent('reply.delta', { activity: 'a/9', text: '', tokens: 1, milliseconds: 1 })],
    ['the activity "a/2" is no reply', newEvent('call.started', { activity: 'a/2', call: 1, continues: 0 })],
    ['the activity "a/1" is of another kind', newEvent('activity.completed', { activity: 'a/1', kind: 'command', ...result })],
    ['the activity "a/1" is of another kind', newEvent('activity.failed', { activity: 'a/1', kind: 'command', error })],
    ['there is no call 2 of "a/1"', newEvent('call.sent', { activity: 'a/1', call: 2, server: 'one' })],
    ['there is no task "b"', activityStarted('b/1', 'b')],
  ])('refuse a history that contradicts itself: %s', (why, event) => {
    expect(() => after(...begun, command, event)).toThrow(why);
  });
});
