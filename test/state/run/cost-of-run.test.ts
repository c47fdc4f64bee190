import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOfCall, noCost, sumCost } from '../../../src/events/cost-of-call.ts';
import type { EventData } from '../../../src/events/run-stream-events.ts';
import { costOfRun, costOfTask, spentBy } from '../../../src/state/run/cost-of-run.ts';
import { applyEvent, type RunState } from '../../../src/state/run/run-state.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { activityStarted, newEvent, runStarted, taskAdded } from '../store/sample-events.ts';
import { numbered } from './random-history.ts';

const prices = { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15 };
type Priced = EventData<'call.priced'>;

function stateAfter(events: NewEvent[]): RunState {
  const state = numbered(events).reduce<RunState | undefined>((so, event) => applyEvent(so, event), undefined);
  if (state === undefined) throw new Error('no events');
  return state;
}

const task = (name: string, number: number) => [
  taskAdded(name, number),
  newEvent('task.started', { task: name, attempt: 1, agent: 'dev_001' }),
  activityStarted(`${name}/1`, name),
];
const begin = (activity: string, call: number) => newEvent('call.started', { activity, call, continues: 0 });
const priced = (activity: string, call: number, more: Partial<Priced> = {}) =>
  newEvent('call.priced', { activity, call, place: 'work', model: 'large', prices, promptTokens: 1000, replyTokens: 100, ...more });
const end = (activity: string, call: number, usage?: EventData<'call.ended'>['usage'], more: object = {}) =>
  newEvent('call.ended', { activity, call, finishReason: usage === undefined ? 'error' : 'stop', usage, ...more });
const resumed = (overrides: Record<string, unknown> = {}) =>
  newEvent('run.resumed', { how: 'resume', owner: { host: 'here', pid: 1 }, overrides });

describe('the cost of a run', () => {
  it('is undefined where nothing that has a price was asked', () => {
    const state = stateAfter([runStarted(), ...task('a', 1), begin('a/1', 1), end('a/1', 1, { promptTokens: 10, replyTokens: 1 })]);
    expect(costOfRun(state)).toBeUndefined();
    expect(spentBy(state)).toBe(0);
  });

  it('keeps apart models, calls of which nobody knows the price, and calls that were answered with an error', () => {
    const state = stateAfter([
      runStarted(),
      ...task('a', 1),
      begin('a/1', 1),
      priced('a/1', 1),
      end('a/1', 1, undefined, { refused: true }),
      begin('a/1', 2),
      priced('a/1', 2),
      end('a/1', 2, { promptTokens: 1000, replyTokens: 100 }),
      begin('a/1', 3),
      priced('a/1', 3, { model: 'new', prices: undefined }),
      end('a/1', 3, { promptTokens: 5, replyTokens: 5 }),
    ]);
    expect(costOfRun(state)).toEqual({
      least: 4_500_000,
      most: 4_500_000,
      callsUnpriced: 1,
      models: [
        { place: 'work', model: 'large', calls: 2, callsUnpriced: 0, least: 4_500_000, most: 4_500_000 },
        { place: 'work', model: 'new', calls: 1, callsUnpriced: 1, least: 0, most: 0 },
      ],
    });
  });

  it('has what a killed process had set aside as its upper end, and counts the call that was made again beside it', () => {
    const state = stateAfter([
      runStarted(),
      ...task('a', 1),
      begin('a/1', 1),
      priced('a/1', 1),
      resumed(),
      activityStarted('a/1', 'a'),
      begin('a/1', 1),
      priced('a/1', 1),
      end('a/1', 1, { promptTokens: 1000, replyTokens: 100 }),
    ]);
    expect(costOfRun(state)).toMatchObject({ least: 4_500_000, most: 4_500_000 + 5_250_000, models: [{ calls: 2 }] });
    expect(spentBy(state)).toBe(9_750_000);
    expect(costOfTask(state.tasks.get('a')!)).toEqual({ least: 4_500_000, most: 9_750_000 });
  });
});

describe('the budget of a run', () => {
  const withBudget = (budget: unknown) => {
    const started = runStarted();
    return { ...started, data: { ...(started.data as object), settings: { budget } } } as NewEvent;
  };

  it.each<[string, NewEvent[], number | undefined]>([
    ['is that of its settings', [withBudget(2.5)], 2_500_000_000],
    ['is none where they have none', [withBudget('none')], undefined],
    ['is none in the journals of earlier versions', [runStarted()], undefined],
    ['is what whoever resumed it last has said', [withBudget(2.5), resumed({ budget: 5 }), resumed()], 5_000_000_000],
    ['can be taken away', [withBudget(2.5), resumed({ budget: 'none' })], undefined],
    ['is not what makes no sense', [withBudget(-1), resumed({ budget: 'much' })], undefined],
  ])('%s', (_, events, budget) => {
    expect(stateAfter(events).budget).toBe(budget);
  });
});

const count = fc.nat(100_000);
const anyCall = fc.record({
  task: fc.constantFrom('a', 'b', 'c'),
  place: fc.constantFrom('work', 'home'),
  isPriced: fc.boolean(),
  cap: fc.option(count, { nil: undefined }),
  how: fc.constantFrom('whole' as const, 'broken' as const, 'refused' as const, 'killed' as const),
  promptTokens: count,
  replyTokens: count,
});

it('is the sum over its calls: whatever their order, in however many processes they were made', () => {
  fc.assert(
    fc.property(fc.array(anyCall, { maxLength: 15 }), fc.array(fc.boolean(), { maxLength: 15 }), (calls, resumes) => {
      const numbers = new Map<string, number>();
      const blocks = calls.map((call) => {
        const activity = `${call.task}/1`;
        const number = (numbers.get(activity) ?? 0) + 1;
        numbers.set(activity, number);
        const usage =
          call.how === 'whole' ? { promptTokens: call.promptTokens, replyTokens: call.replyTokens } : { replyTokens: call.replyTokens };
        const own = { place: call.place, replyTokens: call.cap, ...(call.isPriced ? {} : { prices: undefined }) };
        const ended = call.how === 'refused' ? end(activity, number, undefined, { refused: true }) : end(activity, number, usage);
        return [begin(activity, number), priced(activity, number, own), ...(call.how === 'killed' ? [] : [ended])];
      });
      const begun = [runStarted(), ...task('a', 1), ...task('b', 2), ...task('c', 3)];
      const expected = calls
        .filter(({ isPriced }) => isPriced)
        .map(({ cap, how, promptTokens, replyTokens }) => {
          const usage = how === 'whole' ? { promptTokens, replyTokens } : how === 'broken' ? { replyTokens } : undefined;
          return costOfCall({ prices, promptTokens: 1000, replyTokens: cap }, { usage, refused: how === 'refused' ? true : undefined });
        })
        .reduce(sumCost, noCost);
      const between = blocks.flatMap((block, index) => (resumes[index] === true ? [resumed(), ...block] : block));
      for (const events of [blocks.flat(), blocks.toReversed().flat(), between]) {
        const cost = costOfRun(stateAfter([...begun, ...events]));
        expect(cost === undefined).toBe(calls.length === 0);
        expect({ least: cost?.least ?? 0, most: cost === undefined ? 0 : cost.most }).toEqual(expected);
        expect(cost?.models.reduce((sum, model) => sum + model.calls, 0) ?? 0).toBe(calls.length);
      }
    }),
  );
});
