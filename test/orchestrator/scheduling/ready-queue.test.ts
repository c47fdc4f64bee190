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

it('shows a placement the tasks in the order of the workflow, also those that come up when others are chosen', () => {
  const shown: number[][] = [];
  const queue = new ReadyQueue((ready) => {
    shown.push(ready.map(({ number }) => number));
    return ready.at(3) ?? ready[0]!;
  });
  for (let number = 0; number < 200; number += 1) queue.add(taskOf(number));
  queue.best(200);
  for (const numbers of shown) expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
});

it('loses none of the others when one that is not there is taken out', () => {
  const queue = new ReadyQueue();
  queue.remove(taskOf(1));
  for (const number of [1, 3]) queue.add(taskOf(number));
  for (const number of [0, 2, 4]) queue.remove(taskOf(number));
  expect(queue.best(5).map(({ number }) => number)).toEqual([1, 3]);
});
