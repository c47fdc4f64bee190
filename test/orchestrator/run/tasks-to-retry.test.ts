import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import type { StepKind } from '../../../src/orchestrator/step-kind.ts';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { definitionOf } from '../step-kinds/team-with-steps.ts';
import { teamThatTells, told } from '../step-kinds/tell-step.ts';

const count = { id: 'count', kind: 'vary', description: 'Count.' };
const first = { ...count, id: 'first' };

/** A team with a kind of step that finds out these values, one after the other, and fails where one is `fails`. */
async function teamThatVaries(values: unknown[]) {
  const left = [...values];
  const vary: StepKind = {
    name: 'vary',
    options: z.object({}),
    needs: () => ({ model: false }),
    execute: async () => {
      const json = left.shift();
      if (json === 'fails') return { status: 'failed', error: { code: 'told.so', message: 'It was told to.' }, again: 'never' };
      return { status: 'completed', outputs: { json } };
    },
  };
  const team = await teamThatTells();
  team.orchestrator.registerStepKind(vary);
  const retried = async (run: string, task?: string) => {
    const result = await team.orchestrator.retryRun(run, task === undefined ? {} : { task });
    const { tasks } = await team.orchestrator.loadRun(run);
    return { result, tasks, statuses: Object.fromEntries([...tasks].map(([name, { status }]) => [name, status])) };
  };
  return { ...team, retried };
}

describe('a step of steps whose ground is done again begins anew', () => {
  it('a switch does the case that applies now', async () => {
    const { runSteps, retried } = await teamThatVaries(['bug', 'wish', 'bug']);
    const cases = ['bug', 'wish'].map((name) => ({ when: `steps.first.json == '${name}'`, steps: [told(name)] }));
    const { result } = await runSteps([first, { id: 'work', kind: 'switch', depends_on: ['first'], cases }]);
    const { statuses, tasks } = await retried(result.workflow_id, 'first');
    expect(statuses).toEqual({ first: 'completed', work: 'completed', 'work/1/bug': 'skipped', 'work/3/wish': 'completed' });
    expect(tasks.get('work')).toMatchObject({ because: 'Case 2 applies.', outputs: { case: 2 } });
    expect(tasks.get('work/1/bug')?.skipped?.because).toBe('the step that it joined the run for is begun anew');
    const again = await retried(result.workflow_id, 'first');
    expect(again.statuses).toMatchObject({ 'work/1/bug': 'skipped', 'work/3/wish': 'skipped', 'work/4/bug': 'completed' });
    expect(again.tasks.get('work')?.outputs).toMatchObject({ case: 1 });
    await expect(retried(result.workflow_id, 'work/1/bug')).rejects.toMatchObject({ code: 'run.task_left_behind' });
  });

  it('a list is worked out anew', async () => {
    const { runSteps, retried } = await teamThatVaries([['a', 'b'], ['c']]);
    const one = told('one', { description: '{{ item }} {{ index }}' });
    const { result } = await runSteps([
      first,
      { id: 'each', kind: 'for_each', in: 'steps.first.json', depends_on: ['first'], steps: [one] },
    ]);
    const { statuses, tasks } = await retried(result.workflow_id, 'first');
    expect(statuses).toMatchObject({ 'each/1/one': 'skipped', 'each/2/one': 'skipped', 'each/3/one': 'completed', each: 'completed' });
    expect(tasks.get('each/3/one')?.description).toBe('c 0');
    expect(tasks.get('each')?.outputs).toMatchObject({ count: 1 });
  });

  it('a workflow gets the inputs that there are now', async () => {
    const { engine, runSteps, retried } = await teamThatVaries(['a', 'b']);
    const look = told('look', { description: 'Look at {{ inputs.what }}.' });
    const after = told('after', { depends_on: ['look'], when: "steps.look.status == 'completed'" });
    engine.registerWorkflow(definitionOf('inner', [look, after] as never));
    const inner = { id: 'inner', kind: 'workflow', workflow: 'inner', inputs: { what: '{{ steps.first.json }}' }, depends_on: ['first'] };
    const { result } = await runSteps([first, inner]);
    const { statuses, tasks } = await retried(result.workflow_id, 'first');
    expect(statuses).toMatchObject({
      'inner/look': 'skipped',
      'inner/2/look': 'completed',
      'inner/2/after': 'completed',
      inner: 'completed',
    });
    expect(tasks.get('inner/2/look')?.description).toBe('Look at b.');
  });

  it('a loop does no iteration that is no longer needed, and counts from one', async () => {
    const { runSteps, retried } = await teamThatVaries([0, 1, 2, 3, 0, 3]);
    const { result, statuses: before } = await runSteps([
      first,
      { id: 'rounds', kind: 'loop', until: 'steps.count.json >= 3', depends_on: ['first'], steps: [count] },
    ]);
    expect(before).toMatchObject({ 'rounds/3/count': 'completed' });
    const { statuses, tasks } = await retried(result.workflow_id, 'first');
    expect(statuses).toMatchObject({ 'rounds/1/count': 'skipped', 'rounds/3/count': 'skipped', 'rounds/4/count': 'completed' });
    expect(tasks.get('rounds/4/count')?.names).toEqual({ iteration: 1 });
    expect(tasks.get('rounds')?.because).toBe('"steps.count.json >= 3" holds after one iteration.');
  });

  it('with all that stands within it, at whatever depth', async () => {
    const { runSteps, retried } = await teamThatVaries([['a'], ['b', 'c']]);
    const inner = { id: 'inner', kind: 'for_each', in: "[item, 'x']", steps: [told('one', { description: '{{ item }}' })] };
    const { result } = await runSteps([
      first,
      { id: 'outer', kind: 'for_each', in: 'steps.first.json', depends_on: ['first'], steps: [inner] },
    ]);
    const { tasks } = await retried(result.workflow_id, 'first');
    const done = [...tasks.values()].filter(({ task, status }) => task.endsWith('/one') && status === 'completed');
    expect(done.map(({ description }) => description)).toEqual(['b', 'x', 'c', 'x']);
  });
});

it('a loop that failed at its bound begins anew by a retry without a name', async () => {
  const { runSteps, retried } = await teamThatVaries([1, 2, 3, 4, 5]);
  const loop = { id: 'rounds', kind: 'loop', until: 'steps.count.json >= 5', on_limit: 'fail', steps: [count] };
  const { result } = await runSteps([loop]);
  expect(result.status).toBe('failed');
  const { statuses, result: second } = await retried(result.workflow_id);
  expect(second.status).toBe('completed');
  expect(statuses).toMatchObject({ 'rounds/1/count': 'skipped', 'rounds/4/count': 'completed', 'rounds/5/count': 'completed' });
});

it('a task within a step of steps is done again alone, and the step goes on with what it has', async () => {
  const { runSteps, retried } = await teamThatVaries([]);
  const { result } = await runSteps([
    { id: 'each', kind: 'for_each', in: '[1, 2]', steps: [told('one'), told('two', { depends_on: ['one'] })] },
  ]);
  const { statuses } = await retried(result.workflow_id, 'each/1/one');
  expect(statuses).toEqual(
    Object.fromEntries(['each', 'each/1/one', 'each/1/two', 'each/2/one', 'each/2/two'].map((id) => [id, 'completed'])),
  );
});

describe('what is done again within a step of steps', () => {
  const startedTasks = (events: JournalEvent[]) =>
    eventsOfType(events, 'task.started').flatMap(({ data: { task } }) => (task.includes('/') ? [task] : []));

  it('of a list: the item that failed and what depends on it, and none that was done', async () => {
    const { runSteps, retried, events } = await teamThatVaries(['a', 'fails', 'c', 'b']);
    const { result, statuses: before } = await runSteps([
      { id: 'each', kind: 'for_each', in: '[1, 2, 3]', steps: [count, told('after', { depends_on: ['count'] })] },
    ]);
    expect(before).toMatchObject({ each: 'failed', 'each/2/count': 'failed', 'each/2/after': 'skipped', 'each/3/after': 'completed' });
    events.length = 0;
    const { result: second, tasks } = await retried(result.workflow_id);
    expect(second.status).toBe('completed');
    expect(startedTasks(events)).toEqual(['each/2/count', 'each/2/after']);
    expect([1, 2, 3].map((item) => tasks.get(`each/${item}/count`)?.outputs?.['json'])).toEqual(['a', 'b', 'c']);
  });

  it('of a loop: the task that failed, and none of the iterations before it; the loop then goes on', async () => {
    const { runSteps, retried, events } = await teamThatVaries([1, 'fails', 2, 3]);
    const { result, statuses: before } = await runSteps([{ id: 'rounds', kind: 'loop', until: 'steps.count.json >= 3', steps: [count] }]);
    expect(before).toEqual({ rounds: 'failed', 'rounds/1/count': 'completed', 'rounds/2/count': 'failed' });
    events.length = 0;
    const { result: second, tasks } = await retried(result.workflow_id);
    expect(second.status).toBe('completed');
    expect(startedTasks(events)).toEqual(['rounds/2/count', 'rounds/3/count']);
    expect(tasks.get('rounds/1/count')?.outputs).toEqual({ json: 1 });
  });

  it('of a loop, by name: the iterations that rest on it as well, and the loop decides by the last of them whether it goes on', async () => {
    const { runSteps, retried, events } = await teamThatVaries([0, 1, 3, 7, 2, 3]);
    const loop = { id: 'rounds', kind: 'loop', until: 'steps.count.json >= 3', max_iterations: 5, steps: [count] };
    const { result, statuses: before } = await runSteps([loop]);
    expect(Object.keys(before)).toEqual(['rounds', 'rounds/1/count', 'rounds/2/count', 'rounds/3/count']);
    events.length = 0;
    const { statuses, tasks } = await retried(result.workflow_id, 'rounds/2/count');
    expect(startedTasks(events)).toEqual(['rounds/2/count', 'rounds/3/count', 'rounds/4/count']);
    expect(Object.values(statuses).every((status) => status === 'completed')).toBe(true);
    expect([1, 2, 3, 4].map((number) => tasks.get(`rounds/${number}/count`)?.outputs?.['json'])).toEqual([0, 7, 2, 3]);
    expect(tasks.get('rounds')?.outputs).toMatchObject({ iterations: 4, ended: 'condition' });
  });
});
