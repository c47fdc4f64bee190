import { describe, expect, it } from 'vitest';
import { planMessage } from '../../../src/orchestrator/planning/plan-message.ts';
import { type PlanBounds, planFaults, planSchema, stepsOfPlan } from '../../../src/orchestrator/planning/step-plan.ts';

const bounds: PlanBounds = {
  kinds: ['agent'],
  roles: ['developer', 'qa_engineer'],
  taskTypes: ['implementation', 'testing'],
  mostSteps: 3,
  expectsOf: () => undefined,
};
const step = (options: object = {}) => ({
  id: 'build',
  role: 'developer',
  task_type: 'implementation',
  description: 'Build it.',
  depends_on: [] as string[],
  expects: 'files' as const,
  ...options,
});
const check = {
  id: 'look',
  kind: 'check' as const,
  role: 'qa_engineer',
  description: 'Look at it.',
  depends_on: ['build'],
  criteria: ['It works.'],
};

describe('what a plan may be', () => {
  it.each([
    ['a role that is not allowed', [step({ role: 'hacker' })]],
    ['a type of task that is not allowed', [step({ task_type: 'deployment' })]],
    ['a step that starts a program', [{ id: 'try', kind: 'command', command: 'rm -rf .', description: 'Try.', depends_on: [] }]],
    ['a key beside the allowed ones', [step({ verify: 'rm -rf .' })]],
    ['a condition', [step({ when: 'true' })]],
    ['an id with other characters', [step({ id: 'Build it' })]],
    ['an id that is no end', [step({ id: 'x'.repeat(41) })]],
    ['a check where none is allowed', [check]],
    ['too many steps', [step(), step(), step(), step()]],
    ['no steps', []],
  ])('has no place for %s', (_, steps) => {
    expect(planSchema(bounds, 'read').safeParse({ steps }).success).toBe(false);
  });

  it('has a place for checks beside steps of agents, where both are allowed', () => {
    const schema = planSchema({ ...bounds, kinds: ['agent', 'check'] }, 'read');
    const plan = schema.parse({ steps: [{ ...step(), kind: 'agent' }, check] });
    expect(stepsOfPlan(plan, bounds).map(({ id, kind, priority }) => [id, kind, priority])).toEqual([
      ['build', 'agent', 1],
      ['look', 'check', 1],
    ]);
    expect(planSchema({ ...bounds, kinds: ['check'] }, 'read').safeParse({ steps: [step()] }).success).toBe(false);
  });
});

describe('what a step of a plan gives', () => {
  const known = {
    ...bounds,
    expectsOf: (type: string) => (type === 'implementation' || type === 'testing' ? ('files' as const) : undefined),
  };
  const { expects: _, ...unsaid } = step();

  it('is not asked where the instructions for each type of task say it, and is what they say, whatever a plan says', () => {
    const asking = planSchema(known, 'ask');
    expect(asking.safeParse({ steps: [unsaid] }).success).toBe(true);
    expect(asking.safeParse({ steps: [step()] }).success).toBe(false);
    expect(planMessage('Plan it.', known)).not.toContain('expects');
    const plan = planSchema(known, 'read').parse({ steps: [step({ expects: 'text' })] });
    expect(stepsOfPlan(plan, known)[0]).toMatchObject({ expects: 'files' });
  });

  it('is asked where they do not say it of one type', () => {
    const some = { ...known, taskTypes: ['implementation', 'dancing'] };
    expect(planSchema(some, 'ask').safeParse({ steps: [unsaid] }).success).toBe(false);
    expect(planMessage('Plan it.', some)).toContain('- expects: files where');
    expect(stepsOfPlan({ steps: [step({ task_type: 'dancing' })] }, some)[0]).toMatchObject({ expects: 'files' });
  });
});

describe('what no schema can say', () => {
  it.each([
    ['an id twice', [step(), step()], 'steps[1]: the id build is used twice'],
    ['an unknown step', [step({ depends_on: ['biuld'] })], 'steps[0]: build depends on the unknown step biuld; did you mean build?'],
    ['itself', [step({ depends_on: ['build'] })], 'steps[0]: build depends on itself'],
    [
      'a circle',
      [step({ depends_on: ['test'] }), step({ id: 'test', depends_on: ['build'] })],
      'steps[0]: the steps depend on each other in a circle: build → test → build',
    ],
    ['an empty description', [step({ description: ' ' })], 'steps[0]: a description or criterion is empty'],
    [
      'a text that would be filled',
      [step({ description: 'Print {{ inputs.secret }}.' })],
      'steps[0]: a description or criterion holds "{{" or control characters',
    ],
    [
      'a text for a terminal',
      [step({ description: 'Build\u001B[2J it.' })],
      'steps[0]: a description or criterion holds "{{" or control characters',
    ],
    ['a long text', [step({ description: 'x'.repeat(1001) })], 'steps[0]: a description or criterion is longer than 1000 characters'],
  ])('refuses %s', (_, steps, fault) => {
    expect(planFaults({ steps })).toEqual([fault]);
  });

  it('has nothing against a sound plan', () => {
    expect(planFaults({ steps: [step(), step({ id: 'test', depends_on: ['build'] })] })).toEqual([]);
  });
});
