import { z } from 'zod';
import { evaluateCondition } from '../composite/evaluate-condition.ts';
import { failureOf, iterationsOf, lastSetAside, openOf, outputsOf, stepsOfIteration, waitFor } from '../composite/iterations.ts';
import { expressionText, innerSteps } from '../../workflows/workflow-schema.ts';
import type { BuiltInStepKind } from '../step-kind.ts';

const options = z.object({
  /** The first whose condition holds decides which steps are done. */
  cases: z
    .array(z.strictObject({ when: expressionText, steps: innerSteps }))
    .min(1)
    .max(50),
  /** The steps that are done where none holds. Absent: nothing is done. */
  default: innerSteps.optional(),
});

/** Does the steps of one of several cases, by their conditions. Its tasks are named after the number of the case; the default comes after all of them. */
export const switchStep: BuiltInStepKind<typeof options> = {
  name: 'switch',
  beginsAnew: true,
  options,
  describe: () => 'Does the steps of the first case that applies.',
  needs: () => ({ model: false }),
  inner: ({ cases, default: others }) => [
    ...cases.map(({ steps }, index) => ({ path: ['cases', index, 'steps'], steps })),
    ...(others === undefined ? [] : [{ path: ['default'], steps: others }]),
  ],
  expressions: ({ cases }) => cases.map(({ when }, index) => ({ path: ['cases', index, 'when'], text: when, type: 'boolean' as const })),
  async execute(call) {
    const { options: step, task, state } = call;
    const [chosen] = iterationsOf(state, task);
    if (chosen === undefined) {
      const place = step.cases.findIndex(({ when }) => evaluateCondition(call, when));
      const steps = place < 0 ? step.default : step.cases[place]?.steps;
      if (steps === undefined) return { status: 'completed', because: 'No case applies.', outputs: { case: null, steps: {} } };
      const number = place < 0 ? step.cases.length + 1 : place + 1;
      return { status: 'expanded', steps: stepsOfIteration(lastSetAside(state, task) + number, steps) };
    }
    const open = openOf([chosen]);
    if (open.length > 0) return waitFor(open, task);
    const failure = failureOf([chosen], 'switch.step_failed');
    if (failure !== undefined) return failure;
    const isDefault = chosen.number > step.cases.length;
    const because = isDefault ? 'No case applies; the steps of the default are done.' : `Case ${chosen.number} applies.`;
    return { status: 'completed', because, outputs: { case: isDefault ? 'default' : chosen.number, steps: outputsOf(chosen) } };
  },
};
