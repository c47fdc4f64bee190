import { expect, it } from 'vitest';
import { findStep } from '../../../src/orchestrator/scope/find-step.ts';
import type { RunState, TaskRecord } from '../../../src/state/run/run-state.ts';
import { teamThatTells, told } from '../step-kinds/tell-step.ts';

/** A run with these tasks, all completed. Those that are named as kinds hold others. */
function stateOf(tasks: Record<string, string>): RunState {
  const records = Object.entries(tasks).map(([task, kind]) => {
    const parent = Object.keys(tasks)
      .filter((name) => task.startsWith(`${name}/`))
      .at(-1);
    return { task, kind, parent, status: 'completed' } as unknown as TaskRecord;
  });
  const children = Map.groupBy(records, ({ parent }) => parent ?? '');
  return {
    tasks: new Map(records.map((record) => [record.task, record])),
    children: new Map([...children].map(([parent, own]) => [parent, own.map(({ task }) => task)])),
  } as unknown as RunState;
}

const seenFrom = (tasks: Record<string, string>, from: string, id: string) => {
  const state = stateOf(tasks);
  return findStep(state, state.tasks.get(from)!, id)?.task;
};

const list = {
  rounds: 'loop',
  'rounds/1/each': 'for_each',
  'rounds/1/each/1/choice': 'switch',
  'rounds/1/each/1/choice/1/mend': 'tell',
  'rounds/1/each/2/choice': 'switch',
  'rounds/1/each/2/look': 'tell',
};

it.each([
  ['rounds/1/each/1/choice', 'mend', 'rounds/1/each/1/choice/1/mend'],
  ['rounds/1/each/2/look', 'mend', undefined],
  ['rounds/1/each/2/look', 'choice', 'rounds/1/each/2/choice'],
  ['rounds/1/each', 'mend', 'rounds/1/each/1/choice/1/mend'],
  ['rounds', 'mend', 'rounds/1/each/1/choice/1/mend'],
])('seen from %s, the step %s is %s: nothing of another item of a list', (from, id, expected) => {
  expect(seenFrom(list, from, id)).toBe(expected);
});

it('a step that a model planned never stands for one of the workflow, whatever its id', () => {
  const tasks = { review: 'check', rounds: 'loop', 'rounds/1/plan': 'plan', 'rounds/1/plan/1/review': 'check', 'rounds/1/last': 'tell' };
  expect(seenFrom(tasks, 'rounds/1/last', 'review')).toBe('review');
  expect(seenFrom(tasks, 'rounds', 'review')).toBe('review');
});

it('a condition within an item of a list does not take what another item did for its own', async () => {
  const { runSteps } = await teamThatTells();
  const choice = { id: 'choice', kind: 'switch', cases: [{ when: 'item == 1', steps: [told('mend')] }] };
  const after = told('after', { depends_on: ['choice'], when: "steps.mend.status == 'completed'" });
  const { statuses } = await runSteps([{ id: 'each', kind: 'for_each', in: '[1, 2]', steps: [choice, after] }]);
  expect(statuses).toMatchObject({ 'each/1/after': 'completed', 'each/2/after': 'skipped' });
});
