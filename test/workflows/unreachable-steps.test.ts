import { expect, test } from 'vitest';
import { z } from 'zod';
import { agentStepsOnly, type StepKindDeclaration, type StepKindDeclarations } from '../../src/workflows/step-kind-declaration.ts';
import { unreachableSteps } from '../../src/workflows/unreachable-steps.ts';
import { innerSteps, type WorkflowStep } from '../../src/workflows/workflow-schema.ts';

const choice = {
  options: z.object({ cases: z.array(z.object({ when: z.string(), steps: innerSteps })) }),
  inner: ({ cases }: { cases: { steps: unknown[] }[] }) => cases.map(({ steps }, index) => ({ path: ['cases', index, 'steps'], steps })),
  expressions: ({ cases }: { cases: { when: string }[] }) =>
    cases.map(({ when }, index) => ({ path: ['cases', index, 'when'], text: when, type: 'boolean' as const })),
};
const kinds: StepKindDeclarations = new Map([...agentStepsOnly, ['choice', choice as unknown as StepKindDeclaration]]);

const step = (id: string, rest: object = {}) =>
  ({ id, kind: 'agent', description: 'x', depends_on: [], priority: 1, ...rest }) as WorkflowStep;

test.each<[what: string, steps: WorkflowStep[], paths: string[]]>([
  ['no condition', [step('a')], []],
  ['a condition that a run decides', [step('a'), step('b', { when: "steps.a.status == 'completed'" })], []],
  ['a condition that an input decides', [step('a', { when: 'inputs.thorough' })], []],
  ['a condition that is always true', [step('a', { when: '1 < 2' })], []],
  ['false', [step('a'), step('b', { when: 'false' })], ['steps.1.when']],
  ['one that nothing can make true', [step('a', { when: "1 > 2 && steps.b.status == 'failed'" })], ['steps.0.when']],
  [
    'a case that is never chosen, and a step in another',
    [
      step('c', {
        kind: 'choice',
        cases: [
          { when: '!true', steps: [step('x')] },
          { when: 'inputs.y', steps: [step('y'), step('z', { when: 'false' })] },
        ],
      }),
    ],
    ['steps.0.cases.0.when', 'steps.0.cases.1.steps.1.when'],
  ],
])('%s', (_, steps, paths) => {
  expect(unreachableSteps(steps, kinds).map(({ path }) => path.join('.'))).toEqual(paths);
});

test('the sentence says what and where', () => {
  expect(unreachableSteps([step('a', { when: 'false' })], kinds)[0]?.message).toBe(
    'steps[0].when: false is never true, so that nothing of this is done',
  );
});
