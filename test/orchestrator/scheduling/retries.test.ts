import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TaskManager } from '../../../src/orchestrator/scheduling/task-manager.ts';
import { added, completed, failed, graphs, reopened, skipped, started, waiting } from './scheduled-graphs.ts';
import { happenings, ToldRun } from './told-run.ts';

describe('tasks that are done again', () => {
  it('never begin beside what they need, in whatever order they were added and reopened, and always come to an end', () => {
    fc.assert(
      fc.property(
        graphs.chain((graph) => fc.shuffledSubarray(graph, { minLength: graph.length })),
        fc.record({ concurrency: fc.integer({ min: 1, max: 5 }), joining: fc.nat({ max: 5 }) }),
        happenings,
        (graph, options, all) => {
          const run = new ToldRun(graph, options);
          for (const happening of all) run.happen(happening);
          expect(run.again()).toEqual(run.now());
          run.finish();
          expect(run.faults).toEqual([]);
        },
      ),
    );
  });

  it.each([
    ['the dependent first', ['b', 'a']],
    ['the dependency first', ['a', 'b']],
  ])('wait for what they need where %s is reopened', (_, order) => {
    const manager = new TaskManager({ concurrency: 2 });
    manager.apply(added({ task: 'a', dependencies: [], priority: 1, number: 1 }));
    manager.apply(added({ task: 'b', dependencies: ['a'], priority: 2, number: 2 }));
    for (const task of ['a', 'b']) for (const event of [started(task), completed(task)]) manager.apply(event);
    for (const task of order) manager.apply(reopened(task));
    expect(manager.next({ now: 0 })).toEqual([{ type: 'start', task: 'a' }]);
    expect(manager.statusOf('b')).toBe('pending');
  });

  it('are skipped again, instead of waited for, while another dependency of theirs has failed', () => {
    const manager = new TaskManager({ concurrency: 2 });
    for (const [index, task] of ['a', 'b'].entries()) manager.apply(added({ task, dependencies: [], priority: 1, number: index + 1 }));
    manager.apply(added({ task: 'c', dependencies: ['a', 'b'], priority: 1, number: 3 }));
    for (const task of ['a', 'b']) for (const event of [started(task), failed(task)]) manager.apply(event);
    manager.apply(skipped('c', 'a'));
    for (const task of ['c', 'a']) manager.apply(reopened(task));
    expect(manager.next({ now: 0 })).toEqual([
      { type: 'skip', task: 'c', because: 'b' },
      { type: 'start', task: 'a' },
    ]);
  });

  it('wait no longer for their own time when something that they need is reopened meanwhile', () => {
    const manager = new TaskManager({ concurrency: 2 });
    manager.apply(added({ task: 'a', dependencies: [], priority: 1, number: 1 }));
    manager.apply(added({ task: 'b', dependencies: ['a'], priority: 1, number: 2 }));
    for (const event of [started('a'), completed('a'), started('b'), waiting('b', 5), reopened('a')]) manager.apply(event);
    expect(manager.next({ now: 5 })).toEqual([{ type: 'start', task: 'a' }]);
  });
});
