import { expect, it } from 'vitest';
import { foreseenTasks } from '../../../src/orchestrator/scheduling/foreseen-tasks.ts';
import { widestFront } from '../../../src/orchestrator/scheduling/widest-front.ts';
import { StepKindRegistry } from '../../../src/orchestrator/step-kinds/step-kind-registry.ts';
import type { WorkflowStep } from '../../../src/workflows/workflow-schema.ts';

const kinds = new StepKindRegistry();
const step = (id: string, more: object = {}) =>
  ({ id, kind: 'agent', description: id, depends_on: [], priority: 1, ...more }) as unknown as WorkflowStep;
const each = (parallel: number, steps: WorkflowStep[], more: object = {}) =>
  step('each', { kind: 'for_each', in: '[1, 2]', parallel, steps, ...more });
const loop = (steps: WorkflowStep[]) => step('loop', { kind: 'loop', until: 'true', steps });
const widthOf = (steps: WorkflowStep[]) => widestFront(foreseenTasks(steps, (one) => kinds.innerOf(one)));

it.each([
  ['a plain chain', [step('a'), step('b', { depends_on: ['a'] })], 1],
  ['items of a list one after the other', [each(1, [step('a')])], 1],
  ['items of a list at once', [each(3, [step('a')])], 3],
  ['lists within lists', [each(2, [step('a'), each(2, [step('b')], { id: 'inner' })])], 6],
  ['branches within a loop', [loop([step('a'), step('b')])], 2],
])('foresees how many can be under way: %s', (_, steps, width) => {
  expect(widthOf(steps)).toBe(width);
});

it('has what comes after such a step wait for what is within it', () => {
  const tasks = foreseenTasks([loop([step('a')]), step('after', { depends_on: ['loop'] })], (one) => kinds.innerOf(one));
  expect(tasks).toEqual([
    { id: 'loop/0.1/a', depends_on: [] },
    { id: 'loop', depends_on: ['loop/0.1/a'] },
    { id: 'after', depends_on: ['loop'] },
  ]);
});

it('stays small, whatever is nested in what', () => {
  const nested = (depth: number): WorkflowStep => (depth === 0 ? step('a') : each(16, [nested(depth - 1)], { id: `each_${depth}` }));
  expect(foreseenTasks([nested(6)], (one) => kinds.innerOf(one)).length).toBeLessThan(1100);
});
