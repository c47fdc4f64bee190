import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TaskManager } from '../../../src/orchestrator/scheduling/task-manager.ts';
import { added, completed, failed, graphs, type Planned, reopened, skipped, started, waiting } from './scheduled-graphs.ts';

/** Runs a graph to its end; `choose` picks which running task ends next, `fails` whether it fails. */
function simulate(graph: Planned[], concurrency: number, choose: (running: string[]) => number, fails: (task: string) => boolean) {
  const manager = new TaskManager({ concurrency });
  for (const task of graph) manager.apply(added(task));
  const outcome = new Map<string, string>();
  const running: string[] = [];
  let mostAtOnce = 0;
  while (!manager.finished) {
    for (const decision of manager.next({ now: 0 })) {
      if (outcome.has(decision.task) || running.includes(decision.task)) throw new Error(`${decision.task} was decided on twice`);
      if (decision.type === 'skip') {
        manager.apply(skipped(decision.task, decision.because));
        outcome.set(decision.task, 'skipped');
        continue;
      }
      for (const dependency of graph.find(({ task }) => task === decision.task)?.dependencies ?? []) {
        if (outcome.get(dependency) !== 'completed') throw new Error(`${decision.task} started before ${dependency} was completed`);
      }
      manager.apply(started(decision.task));
      running.push(decision.task);
    }
    mostAtOnce = Math.max(mostAtOnce, running.length);
    if (running.length === 0) continue;
    const [task = ''] = running.splice(choose(running) % running.length, 1);
    const end = fails(task) ? 'failed' : 'completed';
    manager.apply(end === 'failed' ? failed(task) : completed(task));
    outcome.set(task, end);
  }
  return { outcome, mostAtOnce };
}

describe('TaskManager', () => {
  it('runs every task of any graph once, after its dependencies, and never more at once than allowed', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 5 }), fc.infiniteStream(fc.nat()), (graph, concurrency, picks) => {
        const { outcome, mostAtOnce } = simulate(
          graph,
          concurrency,
          () => picks.next().value,
          () => false,
        );
        expect(outcome.size).toBe(graph.length);
        expect(mostAtOnce).toBeLessThanOrEqual(concurrency);
      }),
    );
  });

  it('skips exactly the tasks that depend on a failed one, directly or not', () => {
    fc.assert(
      fc.property(graphs, fc.set(fc.nat({ max: 39 })), (graph, failing) => {
        const fails = new Set([...failing].map((index) => `t${index}`));
        const { outcome } = simulate(
          graph,
          3,
          () => 0,
          (task) => fails.has(task),
        );
        for (const { task, dependencies } of graph) {
          const lost = dependencies.some((name) => outcome.get(name) !== 'completed');
          expect(outcome.get(task)).toBe(lost ? 'skipped' : fails.has(task) ? 'failed' : 'completed');
        }
      }),
    );
  });

  it('comes to the same state when the same events are applied anew', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const events: Parameters<TaskManager['apply']>[0][] = graph.map(added);
        const first = new TaskManager({ concurrency: 2 });
        for (const event of events) first.apply(event);
        for (let round = 0; round < 5; round += 1) {
          for (const { task } of first.next({ now: 0 })) {
            for (const event of [started(task), completed(task)]) {
              first.apply(event);
              events.push(event);
            }
          }
        }
        const again = new TaskManager({ concurrency: 2 });
        for (const event of events) again.apply(event);
        expect(again.graph()).toEqual(first.graph());
        expect(again.next({ now: 0 })).toEqual(first.next({ now: 0 }));
      }),
    );
  });

  it('runs tasks that are added while others run', () => {
    const manager = new TaskManager({ concurrency: 1 });
    manager.apply(added({ task: 'a', dependencies: [], priority: 1, number: 1 }));
    manager.apply(started('a'));
    manager.apply(added({ task: 'b', dependencies: ['a'], priority: 1, number: 2 }));
    expect(manager.next({ now: 0 })).toEqual([]);
    manager.apply(completed('a'));
    manager.apply(added({ task: 'c', dependencies: ['a'], priority: 2, number: 3 }));
    expect(manager.next({ now: 0 })).toEqual([{ type: 'start', task: 'c' }]);
    expect(manager.finished).toBe(false);
  });

  it('skips a task that is added after its dependency failed', () => {
    const manager = new TaskManager({ concurrency: 1 });
    manager.apply(added({ task: 'a', dependencies: [], priority: 1, number: 1 }));
    manager.apply(started('a'));
    manager.apply(failed('a'));
    manager.apply(added({ task: 'b', dependencies: ['a'], priority: 1, number: 2 }));
    expect(manager.next({ now: 0 })).toEqual([{ type: 'skip', task: 'b', because: 'a' }]);
  });

  it('starts the larger priority first, and among equals what the placement policy picks', () => {
    const manager = new TaskManager({ concurrency: 3, placement: (ready) => ready.findLast(() => true) ?? ready[0]! });
    for (const [task, priority] of [
      ['low', 1],
      ['first', 2],
      ['second', 2],
    ] as const)
      manager.apply(added({ task, dependencies: [], priority, number: 1 }));
    expect(manager.next({ now: 0 }).map(({ task }) => task)).toEqual(['second', 'first', 'low']);
  });

  it('counts a task that a condition skipped as done for those who depend on it', () => {
    const manager = new TaskManager({ concurrency: 1 });
    manager.apply(added({ task: 'a', dependencies: [], priority: 1, number: 1 }));
    manager.apply(added({ task: 'b', dependencies: ['a'], priority: 1, number: 2 }));
    manager.apply(skipped('a', 'not wanted', 'condition'));
    expect(manager.statusOf('a')).toBe('skipped');
    expect(manager.next({ now: 0 })).toEqual([{ type: 'start', task: 'b' }]);
  });

  it('gives a waiting task no slot and wakes it when its time has come', () => {
    const manager = new TaskManager({ concurrency: 1 });
    manager.apply(added({ task: 'a', dependencies: [], priority: 2, number: 1 }));
    manager.apply(added({ task: 'b', dependencies: [], priority: 1, number: 2 }));
    manager.apply(started('a'));
    manager.apply(waiting('a', 2000));
    expect(manager.next({ now: 1999 })).toEqual([{ type: 'start', task: 'b' }]);
    expect(manager.nextWakeUp()).toBe(2000);
    expect(manager.next({ now: 2000 })).toEqual([{ type: 'start', task: 'a' }]);
  });

  it('takes tasks in any order, and begins none before what it needs is there and done', () => {
    const manager = new TaskManager({ concurrency: 2 });
    manager.apply(added({ task: 'late', dependencies: ['early', 'other'], priority: 3, number: 1 }));
    manager.apply(added({ task: 'other', dependencies: [], priority: 1, number: 3 }));
    expect(manager.next({ now: 0 })).toEqual([{ type: 'start', task: 'other' }]);
    manager.apply(started('other'));
    manager.apply(completed('other'));
    manager.apply(added({ task: 'early', dependencies: [], priority: 1, number: 2 }));
    expect(manager.next({ now: 0 })).toEqual([{ type: 'start', task: 'early' }]);
    manager.apply(started('early'));
    manager.apply(completed('early'));
    expect(manager.next({ now: 0 })).toEqual([{ type: 'start', task: 'late' }]);
  });

  it.each([
    ['wait for each other', [['a', 'b'] as const, ['b', 'a'] as const], /"a", "b" wait for each other/],
    ['wait for one that nobody adds', [['a', 'b'] as const], /"b" is not known, and others depend on it/],
  ])('says so instead of waiting for ever where tasks %s', (_, edges, message) => {
    const manager = new TaskManager({ concurrency: 1 });
    for (const [index, [task, dependency]] of edges.entries())
      manager.apply(added({ task, dependencies: [dependency], priority: 1, number: index + 1 }));
    expect(() => manager.next({ now: 0 })).toThrow(message);
  });

  it('refuses events that contradict the state', () => {
    const manager = new TaskManager({ concurrency: 1 });
    manager.apply(added({ task: 'a', dependencies: [], priority: 1, number: 1 }));
    expect(() => manager.apply(added({ task: 'a', dependencies: [], priority: 1, number: 1 }))).toThrow(/added twice/);
    expect(() => manager.apply(completed('b'))).toThrow(/not known/);
    manager.apply(started('a'));
    manager.apply(completed('a'));
    expect(() => manager.apply(failed('a'))).toThrow(/goes on after/);
  });
});

describe('a task that waits for others', () => {
  const child = (task: string) => ({ task, dependencies: [], priority: 1, number: 1 });
  const awaiting = (task: string, tasks: string[]) => ({ type: 'task.waiting' as const, data: { task, reason: 'tasks', tasks } });
  const begun = () => {
    const manager = new TaskManager({ concurrency: 3 });
    for (const event of [added(child('a')), started('a'), added(child('a/x')), added(child('a/y')), awaiting('a', ['a/x', 'a/y'])])
      manager.apply(event);
    return manager;
  };
  const starts = (manager: TaskManager) => manager.next({ now: 0 }).map(({ task }) => task);

  it('is ready again when all of them have ended, whatever end that is', () => {
    const manager = begun();
    expect(starts(manager)).toEqual(['a/x', 'a/y']);
    for (const event of [started('a/x'), started('a/y'), failed('a/x')]) manager.apply(event);
    expect(starts(manager)).toEqual([]);
    manager.apply(completed('a/y'));
    expect(starts(manager)).toEqual(['a']);
    expect(manager.finished).toBe(false);
  });

  it('is ready at once where they have ended already', () => {
    const manager = begun();
    for (const event of [started('a/x'), started('a/y'), completed('a/x'), completed('a/y'), started('a')]) manager.apply(event);
    manager.apply(awaiting('a', ['a/x', 'a/y']));
    expect(starts(manager)).toEqual(['a']);
  });

  it('is never stuck with one that is begun anew', () => {
    const manager = begun();
    for (const event of [started('a/x'), failed('a/x'), reopened('a/x')]) manager.apply(event);
    expect(starts(manager)).toEqual(['a/x', 'a/y']);
  });
});

describe('a task that takes no place', () => {
  it('begins beside as many others as may run, and keeps none of them from beginning', () => {
    const manager = new TaskManager({ concurrency: 1 });
    for (const task of ['free', 'one', 'two']) {
      const { type, data } = added({ task, dependencies: [], priority: 1, number: 1 });
      manager.apply({ type, data: { ...data, ...(task === 'free' ? { place: 'none' as const } : {}) } });
    }
    expect(manager.next({ now: 0 }).map(({ task }) => task)).toEqual(['free', 'one']);
    manager.apply(started('free'));
    expect(manager.next({ now: 0 }).map(({ task }) => task)).toEqual(['one']);
    manager.apply(started('one'));
    expect(manager.next({ now: 0 })).toEqual([]);
    manager.apply(completed('one'));
    expect(manager.next({ now: 0 }).map(({ task }) => task)).toEqual(['two']);
  });
});
