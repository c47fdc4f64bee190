import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { mostCompared, ReadyQueue } from '../../../src/orchestrator/scheduling/ready-queue.ts';

const taskOf = (number: number, priority = 1) => ({ task: `t${number}`, dependencies: [], priority, number });

it('gives larger priorities first and then the order of the workflow, however tasks came and went', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(200)), fc.array(fc.nat(200)), fc.nat(20), (numbers, gone, count) => {
      const queue = new ReadyQueue();
      const tasks = numbers.map((number) => taskOf(number, number % 3));
      for (const task of tasks) queue.add(task);
      for (const task of tasks.filter(({ number }) => gone.includes(number))) queue.remove(task);
      const left = tasks.filter(({ number }) => !gone.includes(number)).toSorted((a, b) => b.priority - a.priority || a.number - b.number);
      expect(queue.best(count)).toEqual(left.slice(0, count));
    }),
  );
});

it('shows a placement no more than so many at once, and yet all of them in time', () => {
  let most = 0;
  const queue = new ReadyQueue((ready) => {
    most = Math.max(most, ready.length);
    return ready.at(-1)!;
  });
  const tasks = Array.from({ length: 1000 }, (_, number) => taskOf(number));
  for (const task of tasks) queue.add(task);
  expect(new Set(queue.best(1000).map(({ task }) => task)).size).toBe(1000);
  expect(most).toBe(mostCompared);
});
