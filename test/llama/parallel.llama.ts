import { expect, inject, onTestFinished, test } from 'vitest';
import { startLlamaServer } from './start-llama-server.ts';
import { eventsOfType, teamOnLlama } from './team-on-llama.ts';

test('on two slots independent steps are under way together, and a task sees its ancestors', async () => {
  // Two requests are given half of a slot's context each, because slots may share a pool without telling.
  const server = await startLlamaServer({ program: inject('llamaProgram'), slots: 2, slotTokens: 16_384 });
  onTestFinished(() => server.stop());
  const { engine, events } = teamOnLlama({ address: server.address, settings: { max_concurrent_agents: 2 } });
  const result = await engine.executeWorkflow('feature_development', 'A coupon store in Python. A coupon has a code and a discount.');
  expect([result.status, result.transcript.turns]).toEqual(['completed', 'graph']);

  const spanOf = (task: string) => {
    const started = eventsOfType(events, 'call.started').find(({ data }) => data.activity.startsWith(`${task}/`));
    const ended = eventsOfType(events, 'call.ended').findLast(({ data }) => data.activity.startsWith(`${task}/`));
    return { from: started?.time ?? Number.NaN, to: ended?.time ?? Number.NaN };
  };
  const [testing, deployment] = [spanOf('testing'), spanOf('deployment')];
  const overlap = Math.min(testing.to, deployment.to) - Math.max(testing.from, deployment.from);
  expect(overlap).toBeGreaterThan(0);
});
