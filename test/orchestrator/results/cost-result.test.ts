import { describe, expect, it } from 'vitest';
import type { EventData } from '../../../src/events/run-stream-events.ts';
import { costResult } from '../../../src/orchestrator/results/cost-result.ts';
import { applyEvent, type RunState } from '../../../src/state/run/run-state.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { numbered } from '../../state/run/random-history.ts';
import { activityStarted, newEvent, runStarted, taskAdded } from '../../state/store/sample-events.ts';

/** A thousand tokens are a dollar. */
const prices = { input: 1000, cachedInput: 1000, cacheWrite: 1000, output: 1000 };

/** A run with a task whose calls ended so. */
function runOf(calls: { priced?: Partial<EventData<'call.priced'>>; usage: EventData<'call.ended'>['usage'] }[]): RunState {
  const begun = [runStarted(), taskAdded('a', 1), newEvent('task.started', { task: 'a', attempt: 1, agent: 'dev_001' })];
  const made = calls.flatMap(({ priced, usage }, index): NewEvent[] => {
    const call = { activity: 'a/1', call: index + 1 };
    const price = { ...call, place: 'work', model: 'large', prices, promptTokens: 1000, replyTokens: 1000, ...priced };
    return [
      newEvent('call.started', { ...call, continues: 0 }),
      newEvent('call.priced', price),
      newEvent('call.ended', { ...call, finishReason: 'stop', usage }),
    ];
  });
  const events = numbered([...begun, activityStarted('a/1', 'a'), ...made]);
  return events.reduce<RunState | undefined>((state, event) => applyEvent(state, event), undefined)!;
}

describe('what is left of a budget', () => {
  it('is the same in figures and in words, also where nothing limited a call that broke off', () => {
    const state = runOf([
      { usage: { replyTokens: 100 } },
      { priced: { replyTokens: undefined }, usage: { replyTokens: 100 } },
      { usage: { promptTokens: 100, replyTokens: 100 } },
    ]);
    const result = costResult({ ...state, budget: 5e9 });
    // The first can have cost 2, the second 0.10 at least, and the third has cost 0.20.
    expect(result).toMatchObject({ least: 0.4, most: null, budget: 5, left: 2.7 });
    expect(result?.sentences).toEqual(['At least $0.40 for large of work, in 3 calls.', '$2.70 of the budget of $5.00 is left.']);
  });

  it('is nothing where more was spent than it is now', () => {
    const result = costResult({ ...runOf([{ usage: { promptTokens: 1000, replyTokens: 1000 } }]), budget: 1e9 });
    expect(result).toMatchObject({ left: 0, sentences: ['$2.00 for large of work, in 1 call.', '$0.00 of the budget of $1.00 is left.'] });
  });
});

it('a run whose models have no price has cost "at least", and says which is not known', () => {
  const unknown = { prices: undefined, model: 'new' };
  const usage = { promptTokens: 100, replyTokens: 100 };
  expect(costResult(runOf([{ usage }, { priced: unknown, usage }]))).toMatchObject({
    calls_unpriced: 1,
    budget: null,
    left: null,
    sentences: ['At least $0.20 in all.', '$0.20 for large of work, in 1 call.', 'What 1 call to new of work cost is not known.'],
  });
});
