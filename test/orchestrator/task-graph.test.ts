import { describe, expect, it } from 'vitest';
import { ancestorsOf, descendantsOf } from '../../src/orchestrator/task-graph.ts';

const graph: Readonly<Record<string, string[]>> = { plan: [], code: ['plan'], test: ['code'], docs: ['code'], release: ['test', 'docs'] };
const tasks = Object.entries(graph).map(([task, dependencies]) => ({ task, dependencies }));

describe('the graph of tasks', () => {
  it.each([
    ['plan', []],
    ['test', ['code', 'plan']],
    ['release', ['code', 'docs', 'plan', 'test']],
  ])('%s rests on %o', (task, expected) => {
    expect([...ancestorsOf(task, (name) => graph[name] ?? [])].toSorted()).toEqual(expected);
  });

  it.each([
    [['release'], []],
    [['test'], ['release']],
    [['plan'], ['code', 'docs', 'release', 'test']],
    [['test', 'docs'], ['release']],
  ])('on %o rest %o', (roots, expected) => {
    expect([...descendantsOf(roots, tasks)].toSorted()).toEqual(expected);
  });

  it('has the task that grew the run rest on the tasks that joined it, and so what rests on that', () => {
    const grown = [...tasks, { task: 'code/inner', dependencies: [], parent: 'code' }];
    expect([...descendantsOf(['code/inner'], grown)].toSorted()).toEqual(['code', 'docs', 'release', 'test']);
  });
});
