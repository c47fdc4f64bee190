import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { teamOnFake } from '../support/team-on-fake.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/workflows.md'), 'utf8');
const samples = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml = '']) => parse(yaml) as { name: string });

async function runSample(name: string, inputs: Record<string, unknown>, risky = false) {
  const asked: string[] = [];
  const reply = (request: RequestRecord) => {
    const messages = request.body['messages'] as { content: string }[] | undefined;
    const last = messages?.at(-1)?.content ?? '';
    asked.push(last);
    if (last.includes('Outline a guide')) return JSON.stringify({ risky, title: 'Bread' });
    if (last.includes('what can go wrong'))
      return '# Warning\n\nThe oven is hot, and so is the bread when it has just come out of the oven.\n';
    if (last.includes('Write the guide'))
      return '# Bread\n\nMix flour, water and salt, wait for an hour, then bake it until it is brown all over.\n';
    return replyAsTeam()(request);
  };
  const { engine, orchestrator } = await teamOnFake({ server: { reply } });
  engine.registerWorkflow(samples.find((sample) => sample.name === name) as never);
  const result = await engine.executeWorkflow(name, 'Bread', { inputs }, { whileWaiting: 'stay' });
  const { tasks } = await orchestrator.loadRun(result.workflow_id);
  return { result, asked: asked.join('\n'), statuses: Object.fromEntries([...tasks].map(([id, { status }]) => [id, status])) };
}

it('the first sample of the page runs as the page says, with and without its condition', async () => {
  const calm = await runSample('guide', { audience: 'children', pages: 3 });
  expect(calm.statuses).toEqual({ outline: 'completed', warning: 'skipped', guide: 'completed' });
  expect(calm.asked).toContain('Outline a guide of 3 pages, calm and friendly, for children.');
  expect(calm.asked).toContain('No warning is needed.');
  const risky = await runSample('guide', { audience: 'children' }, true);
  expect(risky.statuses).toEqual({ outline: 'completed', warning: 'completed', guide: 'completed' });
  expect(risky.asked).toContain('Begin with the warning.');
});

it('the sample that extends another workflow runs to its end', async () => {
  const { result, statuses } = await runSample('careful_fix', {});
  expect(result.error).toBe(null);
  expect(Object.keys(statuses)).toEqual(['bug_analysis', 'where', 'bug_fix', 'regression_testing']);
});

it('there is no other sample', () => {
  expect(samples.map(({ name }) => name)).toEqual(['guide', 'careful_fix']);
});
