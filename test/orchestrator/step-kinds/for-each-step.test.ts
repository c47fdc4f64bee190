import { describe, expect, it } from 'vitest';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { teamThatTells, told } from './tell-step.ts';

const list = (items: unknown[]) => told('list', { outputs_are: { json: items } });
const each = (options: object = {}) => ({
  id: 'each',
  kind: 'for_each',
  description: 'For each.',
  in: 'steps.list.json',
  steps: [told('work')],
  depends_on: ['list'],
  ...options,
});

describe('a step for each item', () => {
  it('does its steps for every item of the list, one after the other, and says how many', async () => {
    const { runSteps, events } = await teamThatTells();
    const { statuses, tasks } = await runSteps([list(['a', 'b']), each(), told('after', { depends_on: ['each'] })]);
    expect(statuses).toEqual({
      list: 'completed',
      each: 'completed',
      'each/1/work': 'completed',
      'each/2/work': 'completed',
      after: 'completed',
    });
    expect(tasks.get('each')).toMatchObject({
      because: 'Its steps were done for 2 items.',
      outputs: { count: 2, items: [{ work: {} }, { work: {} }] },
    });
    expect(tasks.get('each/2/work')?.names).toEqual({ item: 'b', index: 1 });
    const order = eventsOfType(events, 'task.added').map(({ data }) => data.task);
    expect(order.indexOf('each/2/work')).toBeGreaterThan(order.indexOf('each/1/work'));
  });

  it('its steps know their item and its place', async () => {
    const { runSteps } = await teamThatTells();
    const steps = [told('work', { when: "item.kind == 'file' && index > 0" })];
    const { statuses } = await runSteps([list([{ kind: 'file' }, { kind: 'file' }, { kind: 'text' }]), each({ steps })]);
    expect(statuses).toMatchObject({ 'each/1/work': 'skipped', 'each/2/work': 'completed', 'each/3/work': 'skipped', each: 'completed' });
  });

  it('has no more items under way than it may, and begins another as soon as one has ended', async () => {
    const { runSteps, events } = await teamThatTells();
    const steps = [{ id: 'pause', kind: 'wait', description: 'Wait.', signal: 'go', when: 'item' }];
    const { result, statuses } = await runSteps([list([true, false, false, false]), each({ steps, parallel: 2 })]);
    // The first item waits; the others take their turns beside it.
    expect(result.status).toBe('waiting');
    expect(statuses).toMatchObject({
      'each/1/pause': 'waiting',
      'each/2/pause': 'skipped',
      'each/3/pause': 'skipped',
      'each/4/pause': 'skipped',
    });
    const begun = new Set<string>();
    let most = 0;
    for (const { type, data } of events) {
      if (type === 'task.added' && data.parent === 'each') begun.add(data.task);
      if (type === 'task.completed' || type === 'task.skipped') begun.delete(data.task);
      most = Math.max(most, begun.size);
    }
    expect(most).toBe(2);
  });

  it('does the other items where one fails, and fails then', async () => {
    const { runSteps } = await teamThatTells();
    const steps = [told('bad', { ends: 'badly', when: 'index == 0' }), told('next', { depends_on: ['bad'] })];
    const { statuses, tasks } = await runSteps([list(['a', 'b']), each({ steps })]);
    expect(statuses).toMatchObject({
      'each/1/bad': 'failed',
      'each/1/next': 'skipped',
      'each/2/bad': 'skipped',
      'each/2/next': 'completed',
      each: 'failed',
    });
    expect(tasks.get('each')?.error).toEqual({ code: 'for_each.step_failed', message: 'each/1/bad, each/1/next: It was told to.' });
  });

  it('keeps the list as it was when it began, whatever the expression would say later', async () => {
    const { runSteps } = await teamThatTells();
    const steps = [told('work', { outputs_are: { json: ['x', 'y', 'z'] } })];
    const { tasks } = await runSteps([
      list(['a', 'b']),
      each({ in: 'steps.work.json == null ? steps.list.json : steps.work.json', steps }),
    ]);
    expect(tasks.get('each')?.outputs).toMatchObject({ count: 2 });
  });

  it('does nothing for an empty list', async () => {
    const { runSteps } = await teamThatTells();
    const { statuses, tasks } = await runSteps([list([]), each()]);
    expect(statuses).toEqual({ list: 'completed', each: 'completed' });
    expect(tasks.get('each')?.because).toBe('The list is empty.');
  });

  it.each([
    ['what is no list', { in: 'steps.list.json[0]' }, 'for_each.no_list', '"steps.list.json[0]" is no list.'],
    ['too many items', { max_items: 2 }, 'for_each.too_many', '"steps.list.json" has 3 items, and max_items allows 2.'],
  ])('fails for %s, before any item', async (_, options, code, message) => {
    const { runSteps } = await teamThatTells();
    const { statuses, tasks } = await runSteps([list(['a', 'b', 'c']), each(options)]);
    expect(statuses).toEqual({ list: 'completed', each: 'failed' });
    expect(tasks.get('each')?.error).toMatchObject({ code, message });
  });
});

it.each([
  ['a text for a list', { in: "'abc'" }, 'in: expected a list'],
  ['more at once than allowed', { parallel: 17 }, 'parallel'],
  ['more items than allowed', { max_items: 1000 }, 'max_items'],
  ['a name that only loops have', { steps: [told('work', { when: 'iteration == 1' })] }, 'the name iteration is not known'],
])('is refused with %s when the workflow is registered', async (_, options, message) => {
  const { runSteps } = await teamThatTells();
  await expect(runSteps([list([]), each(options)])).rejects.toThrow(message);
});

it('names the first few of many items that fail', async () => {
  const { runSteps } = await teamThatTells();
  const { tasks } = await runSteps([
    { id: 'each', kind: 'for_each', in: '[1, 2, 3, 4, 5, 6, 7]', parallel: 7, steps: [told('one', { ends: 'badly' })] },
  ]);
  expect(tasks.get('each')?.error?.message).toBe('each/1/one, each/2/one, each/3/one, each/4/one, each/5/one and 2 more: It was told to.');
});

it('fails where it would give the run more tasks than a run may have, and what needs it is left out', async () => {
  const { runSteps } = await teamThatTells();
  // 16 items at once with 626 steps each are more than 10,000.
  const steps = Array.from({ length: 626 }, (_, place) => told(`work_${place}`));
  const items = Array.from({ length: 16 }, (_, place) => place);
  const { result, statuses, tasks } = await runSteps([list(items), each({ steps, parallel: 16 }), told('after', { depends_on: ['each'] })]);
  expect(result.status).toBe('failed');
  expect(statuses).toEqual({ list: 'completed', each: 'failed', after: 'skipped' });
  expect(tasks.get('each')?.error).toMatchObject({
    code: 'run.too_many_tasks',
    message: 'The run has 3 tasks, and this step would add 10016; a run may have 10000.',
  });
});
