import { expect, inject, test } from 'vitest';
import type { AskPerson } from '../../src/orchestrator/decisions/person-desk.ts';
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

// A plan is not among them: its descriptions are free texts, of which a model this small writes no end, and a bound on the tokens only cuts the plan off.
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

test('commands, questions, approvals and workflows within others on a real server, with a person who answers', async () => {
  const { engine, events, orchestrator } = teamOnLlama({
    address: inject('llamaAddress'),
    settings: { verify: 'off', sandbox: 'off', prompt_layout: 'transcript' },
  });
  const level = { type: 'object', properties: { level: { enum: ['low', 'high'] } }, required: ['level'], additionalProperties: false };
  engine.registerWorkflow({
    version: 1,
    name: 'rating',
    inputs: { colour: { type: 'text' }, requirement: 'optional' },
    outputs: { rated: "inputs.colour + ' ' + steps.rate.json.level" },
    steps: [{ ...data('rate', level), description: 'Rate the colour {{ inputs.colour }}.' }],
  } as never);
  engine.registerWorkflow({
    name: 'with_people',
    title: 'With people',
    description: 'Each kind once.',
    steps: [
      { id: 'colour', kind: 'question', ask: 'Which colour?', answer: { choice: ['red', 'blue'] } },
      { id: 'inner', kind: 'workflow', workflow: 'rating', inputs: { colour: '{{ steps.colour.output }}' }, depends_on: ['colour'] },
      { id: 'say', kind: 'command', command: 'printf %s {{ steps.inner.outputs.rated }}', depends_on: ['inner'] },
      { id: 'release', kind: 'approval', ask: 'Is it {{ steps.say.output }}?', depends_on: ['say'] },
      { ...data('after', level), depends_on: ['release'] },
    ],
  } as never);
  const asked: string[] = [];
  const person: AskPerson = async ({ question: { ask, wants } }) => {
    asked.push(ask);
    return wants === 'approval' ? { decision: 'approved', comment: 'As it should be.' } : { decision: 'answered', answer: 'blue' };
  };
  const result = await engine.executeWorkflow('with_people', requirement, {}, { whileWaiting: 'stay', person });
  const { tasks } = await orchestrator.loadRun(result.workflow_id);
  const ended = Object.fromEntries([...tasks].map(([name, { status, error }]) => [name, error?.message ?? status]));
  const kinds = ['colour', 'inner', 'inner/rate', 'say', 'release', 'after'];
  expect(ended).toEqual(Object.fromEntries(kinds.map((name) => [name, 'completed'])));
  const { level: rated } = tasks.get('inner/rate')!.outputs!['json'] as { level: string };
  expect(asked).toEqual(['Which colour?', `Is it blue ${rated}?`]);
  expect(tasks.get('say')?.outputs).toMatchObject({ exit_code: 0, output: `blue ${rated}` });
  // Each of data was what its schema says at the first try, also behind what a person said.
  expect(completedReplies(events)).toHaveLength(2);
});
