import { expect, it } from 'vitest';
import { z } from 'zod';
import type { StepKind } from '../../../src/orchestrator/step-kind.ts';
import type { WorkflowStep } from '../../../src/workflows/workflow-schema.ts';
import { innerSteps } from '../../../src/workflows/workflow-schema.ts';
import { tellKind } from './tell-kind.ts';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { analysis, definitionOf, teamWithSteps } from '../step-kinds/team-with-steps.ts';

const roundsOptions = z.object({ until: z.string(), steps: innerSteps });

/** The simplest step of steps: it does its inner steps again until a condition holds. */
const rounds: StepKind<typeof roundsOptions> = {
  name: 'rounds',
  options: roundsOptions,
  needs: () => ({ model: false }),
  inner: ({ steps }) => [{ path: ['steps'], steps, names: { iteration: 'number' } }],
  expressions: ({ until }) => [{ path: ['until'], text: until, type: 'boolean' }],
  async execute({ options: { until, steps }, task, state, woken, evaluate }) {
    const done = state.children.get(task.task)?.length ?? 0;
    if (woken?.by === 'tasks' && evaluate(until) === true) return { status: 'completed', outputs: { rounds: done / steps.length } };
    const iteration = done / steps.length + 1;
    const named = (id: string) => `${iteration}/${id}`;
    return {
      status: 'expanded',
      steps: (steps as WorkflowStep[]).map((step) => ({ ...step, id: named(step.id), depends_on: step.depends_on.map(named) })),
      names: Object.fromEntries((steps as WorkflowStep[]).map(({ id }) => [named(id), { iteration }])),
    };
  },
};

type Steps = Parameters<typeof definitionOf>[1];

async function runWith(steps: Steps) {
  const team = await teamWithSteps([analysis('unused')]);
  team.orchestrator.registerStepKind(tellKind);
  team.orchestrator.registerStepKind(rounds);
  team.engine.registerWorkflow(definitionOf('conditions', steps));
  const result = await team.engine.executeWorkflow('conditions', 'Build it.');
  const { tasks } = await team.orchestrator.loadRun(result.workflow_id);
  return { ...team, result, tasks, statuses: Object.fromEntries([...tasks].map(([id, { status }]) => [id, status])) };
}

const told = (id: string, more: object = {}) => ({ id, kind: 'tell', description: `Tell ${id}.`, ...more });

it('leaves a step out whose condition does not hold, and goes on with those that depend on it', async () => {
  const { result, statuses, events } = await runWith([
    told('look', { outputs_are: { verdict: 'approved' } }),
    told('rework', { depends_on: ['look'], when: "steps.look.verdict != 'approved'" }),
    told('release', { depends_on: ['rework'], when: "steps.rework.status == 'skipped' && run.workflow == 'conditions'" }),
  ]);
  expect(statuses).toEqual({ look: 'completed', rework: 'skipped', release: 'completed' });
  expect(result.status).toBe('completed');
  expect(result.tasks['rework']?.error).toBe('Skipped, because "steps.look.verdict != \'approved\'" does not hold.');
  expect(eventsOfType(events, 'task.started').map(({ data }) => data.task)).toEqual(['look', 'release']);
});

it('fails a step whose condition has no value, with the step and the expression, and skips what depends on it', async () => {
  const { result, statuses } = await runWith([
    told('look', { outputs_are: { json: { findings: 'none' } } }),
    told('rework', { depends_on: ['look'], when: 'steps.look.json.findings > 1' }),
    told('after', { depends_on: ['rework'] }),
    told('beside', { depends_on: ['look'], when: 'steps.look.json.findings' }),
  ]);
  expect(statuses).toEqual({ look: 'completed', rework: 'failed', after: 'skipped', beside: 'failed' });
  expect(result.tasks['rework']?.error).toBe(
    'The step rework cannot work out "steps.look.json.findings > 1": > cannot be used with a text and a number.',
  );
  expect(result.tasks['beside']?.error).toContain('a condition is true or false, and this is neither');
});

it('a step that has not run is seen as one that has nothing, and fails no condition', async () => {
  const { statuses } = await runWith([
    told('now', {
      when: "steps.later.status == 'pending' && steps.later.text == '' && size(steps.later.files) == 0 && steps.later.json == null",
    }),
    told('later', { depends_on: ['now'] }),
  ]);
  expect(statuses).toEqual({ now: 'completed', later: 'completed' });
});

it('a named output of a step that was not done is null, and fails no condition', async () => {
  const { statuses, tasks } = await runWith([
    told('look', { when: 'false', outputs: { title: "'Bread'" } }),
    told('now', {
      depends_on: ['look'],
      when: "steps.look.outputs.title == null && !has(steps.look.outputs.title) && !('title' in steps.look.outputs) && size(steps.look.outputs) == 0",
      outputs: { seen: 'steps.look.outputs' },
    }),
    told('other', { depends_on: ['look'], when: "steps.look.outputs.title == 'Bread'" }),
  ]);
  expect(statuses).toEqual({ look: 'skipped', now: 'completed', other: 'skipped' });
  expect(tasks.get('now')?.outputs).toEqual({ seen: {} });
});

it('within a step of steps an id means the same iteration, and from outside the latest', async () => {
  const { statuses, tasks } = await runWith([
    {
      id: 'repeat',
      kind: 'rounds',
      description: 'Again.',
      until: "steps.first.status == 'completed'",
      steps: [
        told('first', { when: 'iteration == 3' }),
        told('second', { depends_on: ['first'], when: "steps.first.status == 'skipped' && iteration < 3" }),
      ],
    },
    told('outside', { depends_on: ['repeat'], when: "steps.first.status == 'completed' && steps.second.status == 'skipped'" }),
  ]);
  expect(statuses).toEqual({
    repeat: 'completed',
    'repeat/1/first': 'skipped',
    'repeat/1/second': 'completed',
    'repeat/2/first': 'skipped',
    'repeat/2/second': 'completed',
    'repeat/3/first': 'completed',
    'repeat/3/second': 'skipped',
    outside: 'completed',
  });
  expect(tasks.get('repeat')?.outputs).toEqual({ rounds: 3 });
});

it('a definition with wrong conditions is refused with the place of each, also within other steps', async () => {
  const error = await runWith([
    told('look', { when: "steps.lok.verdict == 'approved'" }),
    {
      id: 'repeat',
      kind: 'rounds',
      description: 'Again.',
      until: 'iteration > 3',
      steps: [
        told('inner', { when: 'iteration' }),
        told('inner', {}),
        told('look', { depends_on: ['outside'] }),
        { kind: 'tel', id: 'typo' },
      ],
    },
    told('say', { description: 'Say {{ steps.look.texts }} and {{ jinja }}.', when: 'true ==' }),
  ]).catch((caught: unknown) => caught as Error);
  expect((error as Error).message.split('\n')).toEqual([
    'The workflow conditions has 9 problems:',
    '  steps[1].steps[3].kind: unknown value "tel"; did you mean tell?',
    expect.stringContaining('steps[1].steps[1]: the id inner is used twice'),
    expect.stringContaining('steps[1].steps[2]: look depends on the unknown step outside'),
    expect.stringContaining('steps[1].steps[2]: the id look is used twice in this workflow'),
    expect.stringContaining('steps[0].when: in steps the name lok is not known; did you mean look?'),
    expect.stringContaining('steps[1].until: the name iteration is not known'),
    expect.stringContaining('steps[1].steps[0].when: expected true or false, found a number'),
    expect.stringContaining('steps[2].when: this is no expression: unexpected token: the end'),
    expect.stringContaining('steps[2].description: in steps.look the name texts is not known; did you mean text?'),
  ]);
});
