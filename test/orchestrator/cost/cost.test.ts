import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { costOfUsage } from '../../../src/events/cost-of-call.ts';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import { wholePrices } from '../../../src/llm/cost/given-prices.ts';
import { dollarsOf } from '../../../src/utils/format-dollars.ts';
import { eventsOfType, teamOnFake } from '../../support/team-on-fake.ts';
import { prices, pricedTeam } from './priced-team.ts';

const question = 'What is a queue?';
const whole = wholePrices(prices);

describe('what a run has cost', () => {
  it('is what its calls counted, at the prices of the settings: in the result, the summary, and what is told', async () => {
    const { engine, events, orchestrator } = await pricedTeam();
    const result = await engine.executeWorkflow('bug_fix', 'Fix the queue.');
    const usages = eventsOfType(events, 'call.ended').flatMap(({ data }) => data.usage ?? []);
    // A thousand tokens are a dollar, and a tenth of one where the cache had them.
    const cost = usages.reduce(
      (sum, { promptTokens = NaN, cachedTokens = NaN, replyTokens = NaN }) =>
        sum + (promptTokens - 0.9 * cachedTokens + replyTokens) / 1000,
      0,
    );
    expect(cost).toBeGreaterThan(1);
    expect(result.cost).toMatchObject({ currency: 'USD', calls_unpriced: 0, budget: null, left: null });
    expect(result.cost?.least).toBeCloseTo(cost, 9);
    expect(result.cost?.most).toBe(result.cost?.least);
    expect(result.cost?.models).toMatchObject([{ provider: 'work', model: 'large', calls: usages.length }]);
    const sentence = `$${cost.toFixed(2)} for large of work, in ${usages.length} calls.`;
    expect(result.cost?.sentences).toEqual([sentence]);
    const summary = readFileSync(join(orchestrator.outputFolder, `workflow_summary_${result.workflow_id}.md`), 'utf8');
    expect(summary).toContain(`- Cost: ${sentence}\n`);
  });

  it('is not spoken of where models on this machine are asked', async () => {
    const { engine, events, orchestrator } = await teamOnFake();
    const result = await engine.executeWorkflow('quick_answer', question);
    expect(result.cost).toBeNull();
    expect(events.filter(({ type }) => type === 'call.priced' || type === 'run.estimated')).toEqual([]);
    expect(readFileSync(join(orchestrator.outputFolder, `workflow_summary_${result.workflow_id}.md`), 'utf8')).not.toContain('Cost');
  });

  it('is recorded as a price before each call is sent', async () => {
    const { engine, events } = await pricedTeam();
    await engine.executeWorkflow('bug_fix', 'Fix the queue.');
    const calls = eventsOfType(events, 'call.started');
    const priced = eventsOfType(events, 'call.priced');
    expect(priced.map(({ data }) => data.activity)).toEqual(calls.map(({ data }) => data.activity));
    for (const [index, { data, sequence }] of priced.entries()) {
      const sent = eventsOfType(events, 'request.sent').find((event) => event.data.activity === data.activity);
      expect(sequence).toBeGreaterThan(calls[index]?.sequence ?? Infinity);
      expect(sequence).toBeLessThan(sent?.sequence ?? 0);
      expect(data.prices).toEqual({ input: 1000, cachedInput: 100, cacheWrite: 1000, output: 1000 });
    }
  });

  it('holds also for calls that are repeated and for those that break off, and for a model that stands in', async () => {
    const { engine, work, server, events } = await pricedTeam({ settings: { llm_max_retries: 1, fallback: ['default'] } });
    work.setFault(0, { kind: 'status', status: 503 });
    work.setFault(1, { kind: 'break', afterChunks: 4 });
    const result = await engine.executeWorkflow('quick_answer', question);
    expect(result.status).toBe('completed');
    expect(server.requests).toHaveLength(1);
    const [refused, broken, ...others] = eventsOfType(events, 'call.ended').map(({ data }) => data);
    expect(refused).toMatchObject({ finishReason: 'error', refused: true });
    expect(broken?.finishReason).toBe('error');
    expect(broken?.usage?.replyTokens).toBeGreaterThan(0);
    expect(others).toHaveLength(1);
    // What broke off has cost at least what arrived. The call that was answered with an error, and the one that stood in, have cost nothing.
    expect(result.cost).toMatchObject({
      least: (broken?.usage?.replyTokens ?? NaN) / 1000,
      most: null,
      models: [{ provider: 'work', calls: 2 }],
    });
    expect(result.cost?.sentences[0]).toMatch(/^At least \$0\.\d+ for large of work, in 2 calls\.$/);
  });

  it('goes on from what it was when the run is resumed, and counts nothing twice', async () => {
    const stop = new AbortController();
    const events: JournalEvent[] = [];
    const onEvent = (event: JournalEvent) => {
      events.push(event);
      if (event.type === 'task.completed') stop.abort(new Error('stopped'));
    };
    const { engine, orchestrator } = await pricedTeam({ orchestrator: { onEvent } });
    const first = await engine.executeWorkflow('bug_fix', 'Fix the queue.', {}, { signal: stop.signal });
    expect(first.status).toBe('interrupted');
    const result = await orchestrator.resumeRun(first.workflow_id);
    expect(result.status).toBe('completed');
    const usages = eventsOfType(events, 'call.ended').flatMap(({ data }) => data.usage ?? []);
    const sum = usages.reduce((all, usage) => all + costOfUsage(usage, whole), 0);
    expect(result.cost).toMatchObject({ least: dollarsOf(sum), most: dollarsOf(sum), models: [{ calls: usages.length }] });
    expect(first.cost?.least).toBeLessThan(dollarsOf(sum));
  });
});
