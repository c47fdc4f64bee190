import { describe, expect, it } from 'vitest';
import type { ModelHost } from '../../../src/llm/routing/model-changes.ts';
import { placeByModel } from '../../../src/orchestrator/scheduling/place-by-model.ts';
import type { ScheduledTask } from '../../../src/orchestrator/scheduling/scheduled-task.ts';

interface Known {
  task: string;
  /** `place model`; absent: nobody knows. */
  asks?: string;
  status?: string;
  dependencies?: string[];
  startedAt?: number;
}

const last = (ready: readonly ScheduledTask[]) => ready.at(-1)!;

/** What is picked among the ready tasks of a run. */
function picked(known: Known[], ready: string[], of: Map<string, ModelHost> = new Map()) {
  return pickedBy(known, ready, of).task;
}

/** The same, and how often it was asked which model a task has. */
function pickedBy(known: Known[], ready: string[], of: Map<string, ModelHost> = new Map()) {
  let questions = 0;
  const tasks = known.map(({ task, status = 'pending', dependencies = [], startedAt, asks }, index) => ({
    task,
    status,
    dependencies,
    priority: 1,
    number: index + 1,
    role: 'developer',
    taskType: task,
    attempts: startedAt === undefined ? 0 : 1,
    startedAt,
    activities: [],
    asks,
  }));
  const context = {
    hosts: of,
    journal: { state: { tasks: new Map(tasks.map((task) => [task.task, task])) } },
    modelOf({ asks }: { asks?: string }) {
      questions += 1;
      if (asks === undefined) throw new Error('not connected');
      const [place, name] = asks.split(' ');
      return { place, model: { name } };
    },
  } as unknown as Parameters<typeof placeByModel>[0];
  const scheduled = tasks
    .filter(({ task }) => ready.includes(task))
    .map(({ task, dependencies, priority, number }) => ({ task, dependencies, priority, number }));
  const { task } = placeByModel(context, last)(scheduled);
  return { task, questions };
}

describe('which of the ready tasks is next', () => {
  it('is one of the model that was asked last', () => {
    const tasks = [
      { task: 'a', asks: 'p big', status: 'completed', startedAt: 1 },
      { task: 'b', asks: 'p small', status: 'completed', startedAt: 2 },
      { task: 'c', asks: 'p big' },
      { task: 'd', asks: 'p small' },
      { task: 'e', asks: 'p big' },
    ];
    expect(picked(tasks, ['c', 'd', 'e'])).toBe('d');
  });

  it('is decided by the other policy among those of one model', () => {
    const tasks = [
      { task: 'a', asks: 'p big', status: 'completed', startedAt: 1 },
      { task: 'b', asks: 'p small' },
      { task: 'c', asks: 'p big' },
      { task: 'd', asks: 'p big' },
    ];
    expect(picked(tasks, ['b', 'c', 'd'])).toBe('d');
  });

  it.each<[what: string, asks: [string, string], hosts: Map<string, ModelHost>]>([
    ['both have servers of their own', ['p big', 'q small'], new Map()],
    ['the server holds both', ['p big', 'p small'], new Map([['p', { atOnce: 2, loaded: [] }]])],
    ['all ask one model', ['p big', 'p big'], new Map()],
  ])('is decided by the other policy alone where %s', (_, [first, second], hosts) => {
    const tasks = [
      { task: 'a', asks: first, status: 'completed', startedAt: 1 },
      { task: 'b', asks: first },
      { task: 'c', asks: second },
    ];
    expect(picked(tasks, ['b', 'c'], hosts)).toBe('c');
  });

  it('is not kept from being chosen by a task whose model nobody knows', () => {
    const tasks = [
      { task: 'a', asks: 'p big', status: 'completed', startedAt: 1 },
      { task: 'b' },
      { task: 'c', asks: 'p small' },
      { task: 'd', asks: 'p big' },
    ];
    expect(['b', 'd']).toContain(picked(tasks, ['b', 'c', 'd']));
  });

  it('looks at nothing but the ready tasks where these ask one model', () => {
    const tasks = Array.from({ length: 10_000 }, (_, index) => ({ task: `t${index}`, asks: 'p big' }));
    expect(pickedBy(tasks, ['t0', 't1', 't2'])).toEqual({ task: 't2', questions: 3 });
  });

  it('looks at the beginning of what is left, however much that is', () => {
    const tasks = Array.from({ length: 10_000 }, (_, index) => ({ task: `t${index}`, asks: index % 2 === 0 ? 'p big' : 'p small' }));
    const { task, questions } = pickedBy(tasks, ['t0', 't1', 't2'], new Map([['p', { atOnce: 1, loaded: ['small'] }]]));
    expect(task).toBe('t1');
    expect(questions).toBeLessThan(300);
  });
});
