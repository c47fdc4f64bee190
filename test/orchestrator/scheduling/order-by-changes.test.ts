import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeldModels, type ModelHost } from '../../../src/llm/routing/model-changes.ts';
import { orderByChanges, type TaskWithModel } from '../../../src/orchestrator/scheduling/order-by-changes.ts';
import { ReadyQueue } from '../../../src/orchestrator/scheduling/ready-queue.ts';
import { graphs } from './scheduled-graphs.ts';

const hosts = (atOnce = 1, ...loaded: string[]) => new Map<string, ModelHost>([['p', { atOnce, loaded }]]);
const task = (name: string, model: string | undefined, ...dependencies: string[]): TaskWithModel => ({
  task: name,
  dependencies,
  priority: 1,
  number: Number(name.slice(1)),
  ...(model === undefined ? {} : { asks: { place: 'p', model } }),
});
const namesOf = (tasks: readonly TaskWithModel[]) => tasks.map((one) => one.task);

/** How often a server loads something. */
function loadsOf(tasks: readonly TaskWithModel[], of: ReadonlyMap<string, ModelHost>): number {
  const held = new HeldModels(of);
  return tasks.filter(({ asks }) => asks !== undefined && held.ask(asks).load !== undefined).length;
}

/** The order of the workflow alone. */
function plainOrder(tasks: readonly TaskWithModel[]): TaskWithModel[] {
  const queue = new ReadyQueue<TaskWithModel>();
  const left = new Set(tasks);
  const done: TaskWithModel[] = [];
  const queued = new Set<TaskWithModel>();
  while (left.size > 0) {
    const isOpen = (name: string) => [...left].some((one) => one.task === name);
    for (const one of left) {
      if (queued.has(one) || one.dependencies.some(isOpen)) continue;
      queue.add(one);
      queued.add(one);
    }
    const [next] = queue.best(1) as TaskWithModel[];
    queue.remove(next!);
    left.delete(next!);
    done.push(next!);
  }
  return done;
}

const withModels = fc.tuple(graphs, fc.infiniteStream(fc.constantFrom(undefined, 'a', 'b', 'c'))).map(([tasks, models]) =>
  tasks.map((one): TaskWithModel => {
    const model = models.next().value as string | undefined;
    return { ...one, ...(model === undefined ? {} : { asks: { place: 'p', model } }) };
  }),
);
const server = fc.integer({ min: 1, max: 2 }).map((atOnce) => hosts(atOnce));

describe('an order with few changes of models', () => {
  it.each<[what: string, tasks: TaskWithModel[], of: Map<string, ModelHost>, order: string[]]>([
    ['stays with the model that is loaded', [task('t1', 'a'), task('t2', 'b'), task('t3', 'a')], hosts(), ['t1', 't3', 't2']],
    ['begins with the one that the server holds', [task('t1', 'a'), task('t2', 'b'), task('t3', 'a')], hosts(1, 'b'), ['t2', 't1', 't3']],
    [
      'waits with a model for all of its tasks',
      // Whoever takes t2 first has to come back for t4.
      [task('t1', 'a'), task('t2', 'b', 't1'), task('t3', 'c', 't1'), task('t4', 'b', 't3')],
      hosts(),
      ['t1', 't3', 't2', 't4'],
    ],
    ['changes nothing where both fit at once', [task('t1', 'a'), task('t2', 'b'), task('t3', 'a')], hosts(2, 'a', 'b'), ['t1', 't2', 't3']],
    [
      'is that of the workflow where another loads as much',
      [task('t1', 'a'), task('t2', 'b'), task('t3', undefined)],
      hosts(),
      ['t1', 't2', 't3'],
    ],
    [
      'first does what asks no model and has more follow',
      [task('t1', 'a'), task('t2', 'b'), task('t3', undefined), task('t4', 'a', 't3')],
      hosts(),
      ['t1', 't3', 't4', 't2'],
    ],
  ])('%s', (_, tasks, of, order) => {
    expect(namesOf(orderByChanges(tasks, of))).toEqual(order);
  });

  it('never goes before a larger priority', () => {
    const tasks = [task('t1', 'a'), { ...task('t2', 'b'), priority: 2 }, task('t3', 'a')];
    expect(namesOf(orderByChanges(tasks, hosts(1, 'a')))).toEqual(['t2', 't1', 't3']);
  });

  it('has each task once, after all that it depends on', () => {
    fc.assert(
      fc.property(withModels, server, (tasks, of) => {
        const order = namesOf(orderByChanges(tasks, of));
        expect(order.toSorted()).toEqual(namesOf(tasks).toSorted());
        for (const { task: name, dependencies } of tasks)
          for (const before of dependencies) expect(order.indexOf(before)).toBeLessThan(order.indexOf(name));
      }),
    );
  });

  it('never loads more than the order of the workflow', () => {
    fc.assert(
      fc.property(withModels, server, (tasks, of) => {
        expect(loadsOf(orderByChanges(tasks, of), of)).toBeLessThanOrEqual(loadsOf(plainOrder(tasks), of));
      }),
    );
  });

  it('never loads more than planned, if each task is chosen when the one before has ended', () => {
    fc.assert(
      fc.property(withModels, server, (tasks, of) => {
        const planned = loadsOf(orderByChanges(tasks, of), of);
        const held = new HeldModels(of);
        const left = [...tasks];
        let loads = 0;
        while (left.length > 0) {
          const [next] = orderByChanges(left, of, held);
          left.splice(left.indexOf(next!), 1);
          if (next!.asks !== undefined && held.ask(next!.asks).load !== undefined) loads += 1;
        }
        expect(loads).toBeLessThanOrEqual(planned);
      }),
      { numRuns: 50 },
    );
  });
});
