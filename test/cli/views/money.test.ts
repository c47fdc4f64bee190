import { expect, it } from 'vitest';
import { applyToLiveRun } from '../../../src/cli/views/live/apply-to-live-run.ts';
import { liveFrame } from '../../../src/cli/views/live/live-frame.ts';
import { newLiveRun } from '../../../src/cli/views/live/live-run.ts';
import { lookFor } from '../../../src/cli/views/look.ts';
import { plainView } from '../../../src/cli/views/plain/plain-view.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { numbered } from '../../state/run/random-history.ts';
import { activityStarted, newEvent, runStarted, taskAdded } from '../../state/store/sample-events.ts';

const prices = { input: 1000, cachedInput: 100, cacheWrite: 1000, output: 1000 };
const error = { code: 'budget.used_up', message: '$1.00 of the budget of $2.00 is left.' };

function told(events: NewEvent[]): string {
  let text = '';
  const view = plainView({ write: (more) => (text += more), detail: 'normal' });
  for (const event of numbered([runStarted(), taskAdded('a', 1), ...events])) view.event(event);
  return text;
}

function drawn(events: NewEvent[]): string {
  const run = newLiveRun();
  for (const event of numbered([runStarted(), taskAdded('a', 1), ...events])) applyToLiveRun(run, event);
  return liveFrame(run, {
    look: lookFor({ NO_COLOR: '1' }, 'linux'),
    columns: 120,
    rows: 40,
    begun: 0,
    now: 1000,
    tail: 'short',
    keys: 'none',
  }).join('\n');
}

const begun = [newEvent('task.started', { task: 'a', attempt: 1, agent: 'dev_001' }), activityStarted('a/1', 'a')];
const call = (number: number) => [
  newEvent('call.started', { activity: 'a/1', call: number, continues: 0 }),
  newEvent('call.priced', { activity: 'a/1', call: number, place: 'work', model: 'large', prices, promptTokens: 1000, replyTokens: 500 }),
];

it('the plain view tells what a step has cost, and that of a call which broke off as a range', () => {
  const whole = newEvent('call.ended', { activity: 'a/1', call: 2, finishReason: 'stop', usage: { promptTokens: 900, replyTokens: 100 } });
  const broken = newEvent('call.ended', { activity: 'a/1', call: 1, finishReason: 'error', usage: { replyTokens: 10 } });
  const done = newEvent('task.completed', { task: 'a' });
  expect(told([...begun, ...call(2), whole, done])).toMatch(/a: done in .*, \$1\.00\n/);
  expect(told([...begun, ...call(1), broken, ...call(2), whole, done])).toMatch(/a: done in .*, \$1\.01 to \$2\.50\n/);
});

it('a step that also asked a model without a price has cost "at least" the rest, in both views', () => {
  const usage = { promptTokens: 900, replyTokens: 100 };
  const ended = (number: number) => newEvent('call.ended', { activity: 'a/1', call: number, finishReason: 'stop', usage });
  const [started, priced] = call(2);
  const unpriced = { ...priced, data: { ...(priced?.data as object), model: 'new', prices: undefined } } as NewEvent;
  const events = [...begun, ...call(1), ended(1), started!, unpriced, ended(2), newEvent('task.completed', { task: 'a' })];
  expect(told(events)).toMatch(/a: done in .*, at least \$1\.00\n/);
  expect(drawn(events)).toMatch(/ a .* at least \$1\.00\n/);
  expect(drawn(events.slice(0, 5))).toContain('0 of 1 steps, 0 files, $1.00, ');
  expect(drawn(events)).toContain('1 of 1 steps, 0 files, at least $1.00, ');
  expect(drawn(begun)).not.toContain('$');
});

it.each<[string, object, string]>([
  [
    'a range',
    { most: 1_380_000_000, runs: 0, unpriced: [] },
    'Estimated cost: $0.02 to $1.40, for 5 steps, each of them asked once. Corrections and repairs come on top.\n',
  ],
  [
    'what nothing limits',
    { runs: 1, unpriced: [] },
    'Estimated cost: $0.02 or more: nothing limits how long the replies get, for 5 steps, by an earlier run. Corrections and repairs come on top.\n',
  ],
  [
    'a model without a price',
    { runs: 0, unpriced: [{ place: 'work', model: 'ne\u001b[2Jw' }] },
    'What new of work costs is not known, so that the cost will be "at least". Say it in its entry of providers',
  ],
])('the estimate is told as %s', (_, more, line) => {
  expect(told([newEvent('run.estimated', { least: 20_400_000, steps: 5, ...more } as never)])).toContain(line);
});

it('a step without money says so once, and that it rests', () => {
  const text = told([
    ...begun,
    newEvent('call.started', { activity: 'a/1', call: 1, continues: 0 }),
    newEvent('call.ended', { activity: 'a/1', call: 1, finishReason: 'error', error }),
    newEvent('task.waiting', { task: 'a', reason: 'budget', error }),
  ]);
  expect(text.split(error.message)).toHaveLength(2);
  expect(text).toContain('a: call 1 is not made: $1.00 of the budget');
  expect(text).toContain('a: rests until the run is resumed with a larger budget; what has arrived is kept\n');
});
