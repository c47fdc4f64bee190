import { z } from 'zod';
import { failureOf, iterationsOf, lastSetAside, namesFor, openOf, outputsOf, stepsOfIteration, waitFor } from '../composite/iterations.ts';
import { expressionText, innerSteps } from '../../workflows/workflow-schema.ts';
import type { BuiltInStepKind } from '../step-kind.ts';
import type { TaskOutcome } from '../task-executor.ts';

const mostItems = 200;

const options = z.object({
  /** An expression: the list. */
  in: expressionText,
  /** How many of its items are worked on at once. */
  parallel: z.int().min(1).max(16).default(1),
  /** With more items than this the step fails before any of them. */
  max_items: z.int().min(1).max(mostItems).default(50),
  steps: innerSteps,
});

/**
 * Does its steps for each item of a list, as tasks `<step>/<number of the item>/<inner step>`. The list is worked out once and kept in the journal. An item that
 * fails keeps none of the others from being done; the step then fails when all of them have ended.
 */
export const forEachStep: BuiltInStepKind<typeof options> = {
  name: 'for_each',
  beginsAnew: true,
  options,
  describe: ({ in: list }) => `Does its steps for each of ${list}.`,
  needs: () => ({ model: false }),
  inner: ({ steps, parallel }) => [{ path: ['steps'], steps, atOnce: parallel, names: { item: 'any', index: 'number' } }],
  expressions: (step) => [{ path: ['in'], text: step.in, type: { list: 'any' } }],
  async execute({ options: step, task, state, evaluate }) {
    const items = task.memory === undefined ? evaluate(step.in) : task.memory;
    if (!Array.isArray(items)) return notDone('for_each.no_list', `"${step.in}" is no list.`, 'Give an expression whose value is a list.');
    if (items.length > step.max_items) {
      const hint = step.max_items < mostItems ? `Raise max_items (at most ${mostItems}), or shorten the list.` : 'Shorten the list.';
      return notDone('for_each.too_many', `"${step.in}" has ${items.length} items, and max_items allows ${step.max_items}.`, hint);
    }
    const iterations = iterationsOf(state, task);
    const under = iterations.filter((iteration) => openOf([iteration]).length > 0);
    const begun = iterations.length;
    const before = lastSetAside(state, task);
    const room = Math.min(step.parallel - under.length, items.length - begun);
    const added = Array.from({ length: Math.max(0, room) }, (_, place) => begun + place + 1).map((number) => {
      const steps = stepsOfIteration(before + number, step.steps);
      return { steps, names: namesFor(steps, { item: items[number - 1] as unknown, index: number - 1 }) };
    });
    if (under.length > 0 || added.length > 0) {
      const isAllBegun = begun + added.length === items.length;
      return {
        ...waitFor(
          openOf(under),
          task,
          added.flatMap(({ steps }) => steps),
        ),
        names: Object.assign({}, ...added.map(({ names }) => names)) as Record<string, Record<string, unknown>>,
        ...(task.memory === undefined ? { memory: items } : {}),
        // An item takes the place of one that has ended.
        wakes: isAllBegun || step.parallel === 1 ? 'all' : 'first',
      };
    }
    const failure = failureOf(iterations, 'for_each.step_failed');
    if (failure !== undefined) return failure;
    const count = items.length === 1 ? 'one item' : `${items.length} items`;
    const because = items.length === 0 ? 'The list is empty.' : `Its steps were done for ${count}.`;
    return { status: 'completed', because, outputs: { count: items.length, items: iterations.map(outputsOf) } };
  },
};

function notDone(code: string, message: string, hint: string): TaskOutcome {
  return { status: 'failed', error: { code, message, hint }, again: 'never' };
}
