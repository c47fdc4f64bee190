import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TaskManager } from '../../../src/orchestrator/scheduling/task-manager.ts';
import { added, completed, failed, graphs, type Planned, reopened, skipped, started, waiting, woken } from './scheduled-graphs.ts';

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

  it.each([
    [0, ['first']],
    [2.9, ['first', 'after']],
  ])('runs at least one at once, and whole tasks only: %d', (concurrency, first) => {
    const manager = new TaskManager({ concurrency });
    for (const [index, task] of ['last', 'after', 'first'].entries())
      manager.apply(added({ task, dependencies: [], priority: 1, number: 3 - index }));
    expect(manager.next({ now: 0 }).map(({ task }) => task)).toEqual(first);
  });

  it('tells its tasks in the order in which they were added, where each stands, and what each needs', () => {
    const manager = new TaskManager({ concurrency: 1 });
    const plan: [string, string[]][] = [
      ['a', []],
      ['b', ['a', 'a']],
      ['c', ['b', 'a']],
      ['d', []],
    ];
    for (const [index, [task, dependencies]] of plan.entries())
      manager.apply(added({ task, dependencies, priority: 1, number: index + 1 }));
    for (const event of [started('a'), completed('a'), started('b'), started('d'), waiting('d')]) manager.apply(event);
    expect(manager.graph()).toEqual({
      nodes: [
        { task: 'a', status: 'completed' },
        { task: 'b', status: 'running' },
        { task: 'c', status: 'pending' },
        { task: 'd', status: 'waiting' },
      ],
      edges: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'c' },
        { from: 'a', to: 'c' },
      ],
    });
  });

  it('names the earliest time at which it has something new to say, of those that still wait', () => {
    const manager = new TaskManager({ concurrency: 4 });
    for (const [index, task] of ['a', 'b', 'c', 'd'].entries()) {
      manager.apply(added({ task, dependencies: [], priority: 1, number: index + 1 }));
      manager.apply(started(task));
    }
    expect(manager.nextWakeUp()).toBeUndefined();
    for (const event of [waiting('a', 30), waiting('b', 20), waiting('c'), waiting('d', 10)]) manager.apply(event);
    expect(manager.nextWakeUp()).toBe(10);
    manager.apply(woken('d'));
    expect(manager.nextWakeUp()).toBe(20);
    for (const event of [started('d'), started('b')]) manager.apply(event);
    expect(manager.nextWakeUp()).toBe(30);
    manager.apply(started('a'));
    expect(manager.nextWakeUp()).toBeUndefined();
  });

  it('begins a task that was woken before its time, and not once more when its time has come', () => {
    const manager = new TaskManager({ concurrency: 1 });
    manager.apply(added({ task: 'a', dependencies: [], priority: 1, number: 1 }));
    for (const event of [started('a'), waiting('a', 5)]) manager.apply(event);
    expect(manager.next({ now: 4 })).toEqual([]);
    manager.apply(woken('a'));
    expect(manager.statusOf('a')).toBe('ready');
    expect(manager.next({ now: 4 })).toEqual([{ type: 'start', task: 'a' }]);
    manager.apply(started('a'));
    expect(manager.next({ now: 9 })).toEqual([]);
    expect(manager.statusOf('a')).toBe('running');
  });

  it('begins a task again when what it asks is decided, and leaves one alone that decides for itself', () => {
    const manager = new TaskManager({ concurrency: 1 });
    manager.apply(added({ task: 'a', dependencies: [], priority: 1, number: 1 }));
    const decided = {
      type: 'task.decided' as const,
      data: { task: 'a', decision: 'approved' as const, by: 'Ann', asked: 4, shown: [] },
    };
    for (const event of [started('a'), waiting('a'), decided]) manager.apply(event);
    expect(manager.next({ now: 0 })).toEqual([{ type: 'start', task: 'a' }]);
    for (const event of [started('a'), decided]) manager.apply(event);
    expect(manager.statusOf('a')).toBe('running');
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
    expect(() => manager.next({ now: 0 })).toThrow(
      expect.objectContaining({ code: 'journal.inconsistent', message: expect.stringMatching(message) }),
    );
  });

  it('says so only when nothing is under way that may change it, and names only what is open', () => {
    const manager = new TaskManager({ concurrency: 2 });
    manager.apply(added({ task: 'x', dependencies: [], priority: 1, number: 1 }));
    manager.apply(added({ task: 'a', dependencies: ['b'], priority: 1, number: 2 }));
    manager.apply(added({ task: 'b', dependencies: ['a'], priority: 1, number: 3 }));
    manager.apply(started('x'));
    expect(manager.next({ now: 0 })).toEqual([]);
    manager.apply(waiting('x', 5));
    expect(manager.next({ now: 0 })).toEqual([]);
    for (const event of [started('x'), completed('x')]) manager.apply(event);
    expect(() => manager.next({ now: 0 })).toThrow(/: "a", "b" wait for each other/);
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

  it('is ready where the only one that it waits for has ended already', () => {
    const manager = begun();
    for (const event of [started('a/x'), completed('a/x'), started('a')]) manager.apply(event);
    manager.apply(awaiting('a', ['a/x']));
    expect(manager.statusOf('a')).toBe('ready');
  });

  it('is ready when the first of them has ended, where it waits for that, and hears nothing of the others meanwhile', () => {
    const manager = begun();
    const first = { type: 'task.waiting' as const, data: { task: 'a', reason: 'tasks', tasks: ['a/x', 'a/y'], wakes: 'first' as const } };
    for (const event of [started('a'), first, started('a/x'), started('a/y')]) manager.apply(event);
    expect(manager.statusOf('a')).toBe('waiting');
    manager.apply(failed('a/y'));
    expect(manager.statusOf('a')).toBe('ready');
    for (const event of [started('a'), completed('a/x')]) manager.apply(event);
    expect(manager.statusOf('a')).toBe('running');
    manager.apply(first);
    expect(manager.statusOf('a'), 'they have ended already').toBe('ready');
  });

  it('is ready at once where the first of them has ended already, and waits for all of them the next time', () => {
    const manager = begun();
    const waits = (wakes?: 'first') => ({
      type: 'task.waiting' as const,
      data: { task: 'a', reason: 'tasks', tasks: ['a/x', 'a/y', 'a/z'], wakes },
    });
    for (const event of [started('a'), added(child('a/z')), started('a/x'), completed('a/x'), waits('first')]) manager.apply(event);
    expect(manager.statusOf('a')).toBe('ready');
    for (const event of [started('a'), waits(), started('a/y'), completed('a/y')]) manager.apply(event);
    expect(manager.statusOf('a')).toBe('waiting');
    for (const event of [started('a/z'), completed('a/z')]) manager.apply(event);
    expect(manager.statusOf('a')).toBe('ready');
  });

  it('waits where it waits for nothing in particular', () => {
    const manager = begun();
    manager.apply(started('a'));
    manager.apply(awaiting('a', []));
    expect(manager.statusOf('a')).toBe('waiting');
  });

  it('waits for the same as another one does', () => {
    const manager = begun();
    for (const event of [added(child('b')), started('b'), awaiting('b', ['a/y', 'a/x'])]) manager.apply(event);
    for (const event of [started('a/x'), started('a/y'), completed('a/x'), completed('a/y')]) manager.apply(event);
    expect(starts(manager)).toEqual(['a', 'b']);
  });

  it('hears nothing any more of those that it no longer waits for', () => {
    const manager = begun();
    for (const event of [started('a/x'), started('a/y'), reopened('a'), started('a'), completed('a/x'), completed('a/y')])
      manager.apply(event);
    expect(manager.statusOf('a')).toBe('running');
    manager.apply(awaiting('a', ['a/x']));
    expect(manager.statusOf('a')).toBe('ready');
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

  it('waits for what it needs; tasks that take no place begin in the order in which they became ready', () => {
    const manager = new TaskManager({ concurrency: 1 });
    const free = (task: string, dependencies: string[]) => {
      const { type, data } = added({ task, dependencies, priority: 1, number: 1 });
      return { type, data: { ...data, place: 'none' as const } };
    };
    for (const event of [free('a', []), free('b', []), free('c', ['a'])]) manager.apply(event);
    expect(manager.next({ now: 0 })).toEqual([
      { type: 'start', task: 'a' },
      { type: 'start', task: 'b' },
    ]);
  });

  it('gives back no place that it never took', () => {
    const manager = new TaskManager({ concurrency: 1 });
    const { type, data } = added({ task: 'free', dependencies: [], priority: 1, number: 1 });
    manager.apply({ type, data: { ...data, place: 'none' as const } });
    for (const task of ['one', 'two']) manager.apply(added({ task, dependencies: [], priority: 1, number: 2 }));
    for (const event of [started('one'), started('free'), completed('free')]) manager.apply(event);
    expect(manager.next({ now: 0 })).toEqual([]);
  });
});
