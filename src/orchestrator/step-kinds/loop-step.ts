import { z } from 'zod';
import { evaluateCondition } from '../composite/evaluate-condition.ts';
import {
  failureOf,
  iterationsOf,
  lastOf,
  lastSetAside,
  namesFor,
  openOf,
  outputsOf,
  stepsOfIteration,
  waitFor,
} from '../composite/iterations.ts';
import { noProgress } from '../composite/progress-of-loop.ts';
import { expressionText, innerSteps } from '../../workflows/workflow-schema.ts';
import type { BuiltInStepKind } from '../step-kind.ts';
import type { TaskOutcome } from '../task-executor.ts';

const options = z
  .object({
    /** It ends after the first iteration after which this holds. */
    until: expressionText.optional(),
    /** Another iteration begins while this holds; it may hold before none. */
    while: expressionText.optional(),
    max_iterations: z.int().min(1).max(100).default(3),
    /** What becomes of the step where it ends although its condition says that it should go on. */
    on_limit: z.enum(['complete', 'fail']).default('complete'),
    steps: innerSteps,
  })
  .refine((step) => (step.until === undefined) !== (step.while === undefined), { error: 'expected either until or while' });

const names = { iteration: 'number' } as const;

/**
 * Does its steps again and again until a condition holds, or while one does, and never more often than it may. It also ends where another iteration would bring
 * nothing new. Each iteration is tasks of its own, which come after those of the one before.
 */
export const loopStep: BuiltInStepKind<typeof options> = {
  name: 'loop',
  beginsAnew: true,
  options,
  describe: ({ until, while: goesOn = '' }) =>
    until === undefined ? `Repeats its steps while ${goesOn}.` : `Repeats its steps until ${until}.`,
  needs: () => ({ model: false }),
  inner: ({ steps }) => [{ path: ['steps'], steps, names }],
  expressions: (step) =>
    (['until', 'while'] as const).flatMap((key) => {
      const text = step[key];
      return text === undefined ? [] : [{ path: [key], text, type: 'boolean' as const, names }];
    }),
  async execute(call) {
    const { options: step, task, state } = call;
    const iterations = iterationsOf(state, task);
    const last = iterations.at(-1);
    const number = last?.number ?? 0;
    const open = openOf(iterations);
    if (open.length > 0) return waitFor(open, task);
    const failure = failureOf(iterations, 'loop.step_failed');
    if (failure !== undefined) return failure;

    const end = (ended: 'condition' | 'limit' | 'no_progress', because: string): TaskOutcome => ({
      status: 'completed',
      because,
      outputs: { iterations: number, ended, steps: outputsOf(last) },
    });
    const endShort = (ended: 'limit' | 'no_progress', because: string): TaskOutcome => {
      if (step.on_limit !== 'fail') return end(ended, because);
      const hint =
        'Look at what its last iteration wrote; a higher max_iterations or other steps may help. "multiagent retry" begins it anew.';
      return { status: 'failed', error: { code: `loop.${ended}`, message: because, hint }, again: 'never' };
    };
    const condition = step.until ?? step.while ?? '';
    const isAsked = step.until === undefined || number > 0;
    const holds = isAsked && evaluateCondition(call, condition, { iteration: number });
    const count = number === 1 ? 'one iteration' : `${number} iterations`;
    if (isAsked && holds === (step.until !== undefined))
      return end('condition', `"${condition}" ${holds ? 'holds' : 'does not hold'} after ${count}.`);
    const stands = `"${condition}" still ${holds ? 'holds' : 'does not hold'}`;
    const stuck = noProgress(state, iterations);
    if (stuck !== undefined) return endShort('no_progress', `${stuck} ${stands}, and the loop ends without it.`);
    if (number >= step.max_iterations) return endShort('limit', `${stands} after ${count}, the most that are allowed.`);

    const steps = stepsOfIteration(lastSetAside(state, task) + number + 1, step.steps, last === undefined ? [] : lastOf(last, task));
    return { status: 'expanded', steps, names: namesFor(steps, { iteration: number + 1 }) };
  },
};
