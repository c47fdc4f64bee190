import { expect, inject, test } from 'vitest';
import { completedReplies, teamOnLlama } from './team-on-llama.ts';

const requirement = 'A coupon store in Python. A coupon has a code and a discount. List all coupons and search them by code.';

const analyst = 'business_analyst';
const data = (id: string, schema: object) => ({
  id,
  role: analyst,
  task_type: id,
  description: `Give data: ${id}.`,
  expects: { json: schema },
});
const pause = (id: string, more: object = {}) => ({ id, kind: 'wait', description: 'Wait.', seconds: 0.01, ...more });

// Of a plan a model this small writes no end: its texts are free.
test('data, checks, loops, cases and lists on a real server: every reply that is bound by a schema meets it at the first try', async () => {
  const { engine, events, orchestrator } = teamOnLlama({
    address: inject('llamaAddress'),
    settings: { verify: 'off', prompt_layout: 'transcript' },
  });
  engine.registerWorkflow({
    name: 'steps_within_steps',
    title: 'Steps within steps',
    description: 'Each kind once.',
    steps: [
      data('level', { type: 'object', properties: { level: { enum: ['low', 'high'] } }, required: ['level'], additionalProperties: false }),
      data('parts', { type: 'array', items: { enum: ['store', 'search', 'list'] }, minItems: 2, maxItems: 2 }),
      {
        id: 'rounds',
        kind: 'loop',
        description: 'Review it twice.',
        depends_on: ['parts'],
        until: 'iteration == 2',
        steps: [{ id: 'review', kind: 'check', description: 'Review it.', role: 'qa_engineer', criteria: ['It can be built.'] }],
      },
      {
        id: 'choice',
        kind: 'switch',
        description: 'By the level.',
        depends_on: ['level'],
        cases: [{ when: "steps.level.json.level == 'low'", steps: [pause('calm')] }],
        default: [pause('alarm')],
      },
      {
        id: 'each',
        kind: 'for_each',
        description: 'For each part.',
        depends_on: ['parts'],
        in: 'steps.parts.json',
        steps: [pause('work')],
      },
    ],
  } as never);
  const result = await engine.executeWorkflow('steps_within_steps', requirement);
  const { tasks } = await orchestrator.loadRun(result.workflow_id);
  const ended = Object.fromEntries([...tasks].map(([name, { status, error }]) => [name, error?.message ?? status]));
  expect(ended).toMatchObject({
    level: 'completed',
    parts: 'completed',
    rounds: 'completed',
    'rounds/1/review': 'completed',
    choice: 'completed',
    each: 'completed',
    'each/2/work': 'completed',
  });
  // Two of data, two verdicts, and no corrective turn.
  expect(completedReplies(events)).toHaveLength(4);
});
