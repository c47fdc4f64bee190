import { describe, expect, it } from 'vitest';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import type { Durability } from '../../../src/state/store/event-store.ts';
import { RunJournal } from '../../../src/orchestrator/journal/run-journal.ts';
import { runLoop, type RunLoopOptions } from '../../../src/orchestrator/scheduling/run-loop.ts';
import { StepKindRegistry } from '../../../src/orchestrator/step-kinds/step-kind-registry.ts';
import { TaskManager } from '../../../src/orchestrator/scheduling/task-manager.ts';
import type { TaskAssignment, TaskOutcome } from '../../../src/orchestrator/task-executor.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';
import type { AppendOptions } from '../../../src/state/store/event-store.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { longestTimer } from '../../../src/utils/clock.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { runEvent, started, writeRun } from '../../support/run-events.ts';

type Executed = (assignment: TaskAssignment) => Promise<TaskOutcome>;
const turnOf = (activity: string) => [
  { role: 'user' as const, activity },
  { role: 'assistant' as const, activity },
];
const done: TaskOutcome = { status: 'completed' };
const error = { code: 'model.gone', message: 'The server went away.' };
const fails = (again: 'later' | 'never'): TaskOutcome => ({ status: 'failed', error, again });

/** Notes how safely each group of events was written. */
class NotingStore extends MemoryEventStore {
  readonly written: [types: string[], durability: Durability][] = [];

  override async append(options: AppendOptions) {
    this.written.push([options.events.map(({ type }) => type), options.durability]);
    return super.append(options);
  }
}

interface Plan {
  task: string;
  when?: string;
  dependencies?: string[];
  /** Empty: it asks no model. */
  role?: string;
}

/** A run of these tasks; each call of a task does the next of what is planned for it, and is completed when nothing is. */
async function scene(plan: Plan[], outcomes: Record<string, (TaskOutcome | Executed)[]> = {}, options: Partial<RunLoopOptions> = {}) {
  const store = new NotingStore();
  const added = plan.map(({ task, dependencies = [], role = 'developer', when }, index) =>
    runEvent('r', 'task.added', {
      task,
      dependencies,
      role,
      kind: role === '' ? 'wait' : 'agent',
      taskType: 'x',
      description: 'd',
      expects: 'text',
      priority: 1,
      number: index + 1,
      ...(when === undefined ? {} : { when }),
    }),
  );
  await writeRun(store, 'r', [started('r'), ...added]);
  const clock = instantClock();
  const journal = new RunJournal({ store, run: 'r', clock, state: await foldRun(store.read('run:r')) });
  const manager = new TaskManager({ concurrency: 2 });
  for await (const event of store.read('run:r')) manager.apply(event);
  const events: JournalEvent[] = [];
  journal.listen((event) => {
    manager.apply(event);
    events.push(event);
  });
  const abort = new AbortController();
  const calls: string[] = [];
  const run = async (more: Partial<RunLoopOptions> = {}) =>
    runLoop({
      journal,
      manager,
      executor: {
        execute: async (assignment) => {
          calls.push(`${assignment.task} ${assignment.attempt}`);
          const next = outcomes[assignment.task]?.shift() ?? done;
          return typeof next === 'function' ? next(assignment) : next;
        },
      },
      modelOf: () => undefined,
      agentOf: (role) => ({ id: `${role}_001` }),
      kinds: {
        get: (name) => registry.get(name),
        needsOf: ({ kind }) => (kind === 'agent' ? { model: true, role: 'developer', expects: 'text' } : { model: false }),
      },
      taskRetries: 2,
      clock,
      signal: abort.signal,
      stopped: (task) => ({ type: 'task.cancelled', data: { task } }),
      ...options,
      ...more,
    });
  const told = (...types: JournalEvent['type'][]) =>
    events.filter(({ type }) => types.length === 0 || types.includes(type)).map(({ type, actor, data }) => ({ type, actor, data }));
  const statuses = () => Object.fromEntries([...journal.state.tasks.values()].map(({ task, status }) => [task, status]));
  return { store, journal, clock, abort, calls, run, told, statuses };
}

const registry = new StepKindRegistry();

/** Ends only when it is aborted. */
const untilAborted: Executed = async ({ signal }) => {
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  throw signal.reason;
};
const nextTurn = async () => new Promise((resolve) => void setImmediate(resolve));

describe('a run', () => {
  it('begins each task when what it needs is done, and records who began it, who did it and what came of it', async () => {
    const turn = turnOf('a/1');
    const { run, told, calls } = await scene([{ task: 'a' }, { task: 'b', dependencies: ['a'] }], {
      a: [{ status: 'completed', turn, because: 'It was done.', outputs: { tests: 3 } }],
    });
    await run();
    expect(calls).toEqual(['a 1', 'b 1']);
    expect(told()).toEqual([
      { type: 'task.started', actor: 'scheduler', data: { task: 'a', attempt: 1, agent: 'developer_001' } },
      { type: 'task.completed', actor: 'developer_001', data: { task: 'a', turn, because: 'It was done.', outputs: { tests: 3 } } },
      { type: 'task.started', actor: 'scheduler', data: { task: 'b', attempt: 1, agent: 'developer_001' } },
      { type: 'task.completed', actor: 'developer_001', data: { task: 'b' } },
    ]);
  });

  it('names the model of a task that asks one, and calls a step that asks none by its kind', async () => {
    const plan = [{ task: 'a' }, { task: 'b', role: '' }];
    const { run, told } = await scene(plan, {}, { modelOf: ({ task }) => `for ${task}` });
    await run();
    expect(told('task.started').map(({ data }) => data)).toEqual([
      { task: 'a', attempt: 1, agent: 'developer_001', model: 'for a' },
      { task: 'b', attempt: 1, agent: 'wait' },
    ]);
  });

  it('records what a task tells meanwhile in its name, as safely as it asks', async () => {
    const tells: Executed = async ({ record }) => {
      const data = { from: 'a', to: null, messageType: 'note', content: { text: 'Hm.' } };
      await record([{ type: 'message.sent', data }]);
      await record([{ type: 'message.sent', data }], 'normal');
      return done;
    };
    const { run, told, store } = await scene([{ task: 'a' }], { a: [tells] });
    await run();
    expect(told('message.sent').map(({ actor }) => actor)).toEqual(['developer_001', 'developer_001']);
    expect(store.written.slice(2, 4)).toEqual([
      [['message.sent'], 'full'],
      [['message.sent'], 'normal'],
    ]);
  });

  it('waits for the disk only where nothing else tells what happened', async () => {
    const turn = turnOf('a/1');
    const waits: TaskOutcome = { status: 'waiting', reason: 'wait', until: 1 };
    const { run, store } = await scene([{ task: 'a' }, { task: 'b', dependencies: ['a'] }, { task: 'c', dependencies: ['b'] }], {
      a: [{ status: 'completed', turn }],
      b: [waits],
      c: [fails('never')],
    });
    await run();
    const [, ...written] = store.written;
    expect(written).toEqual([
      [['task.started'], 'normal'],
      [['task.completed'], 'normal'],
      [['task.started'], 'normal'],
      [['task.waiting'], 'full'],
      [['task.woken', 'task.started'], 'normal'],
      [['task.completed'], 'full'],
      [['task.started'], 'normal'],
      [['task.failed'], 'full'],
    ]);
  });

  it('skips what depends on a failed task, and says because of which', async () => {
    const plan = [{ task: 'a' }, { task: 'b', dependencies: ['a'] }, { task: 'c' }];
    const { run, told, statuses } = await scene(plan, { a: [fails('never')] });
    await run();
    expect(statuses()).toEqual({ a: 'failed', b: 'skipped', c: 'completed' });
    expect(told('task.failed', 'task.skipped')).toEqual([
      { type: 'task.failed', actor: 'developer_001', data: { task: 'a', error } },
      { type: 'task.skipped', actor: 'scheduler', data: { task: 'b', reason: 'dependency_failed', because: 'a' } },
    ]);
  });

  it('tries again what may succeed later, after a longer wait each time, and not for ever', async () => {
    const { run, told, calls, clock } = await scene(
      [{ task: 'a' }],
      { a: Array.from({ length: 9 }, () => fails('later')) },
      { taskRetries: 3 },
    );
    const before = clock.now();
    await run();
    expect(calls).toEqual(['a 1', 'a 2', 'a 3', 'a 4']);
    expect(told('task.waiting')).toMatchObject([
      { data: { task: 'a', reason: 'retry', error } },
      { actor: 'developer_001', data: { task: 'a', reason: 'retry', error } },
      { data: { task: 'a', reason: 'retry', error } },
    ]);
    const untils = told('task.waiting').map(({ data }) => (data as { until: number }).until);
    expect(untils[1]! - untils[0]!).toBeGreaterThanOrEqual(4000);
    expect(untils[2]! - untils[1]!).toBeGreaterThanOrEqual(8000);
    expect(untils[0]! - before).toBeGreaterThanOrEqual(2000);
    expect(untils[0]! - before).toBeLessThan(4000);
    expect(clock.slept.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(14_000);
    expect(told('task.failed')).toHaveLength(1);
  });

  it('tells which tasks begin together before they do, and that one has ended when it is in the journal', async () => {
    const begins: string[][] = [];
    const ends: string[] = [];
    const { run, journal } = await scene([{ task: 'a' }, { task: 'b' }, { task: 'c', dependencies: ['a', 'b'] }]);
    await run({
      beforeStart: async (tasks) => {
        await nextTurn();
        begins.push(tasks);
        expect(tasks.map((task) => journal.state.tasks.get(task)?.status)).not.toContain('running');
      },
      onTaskEnded: async (task) => {
        await nextTurn();
        ends.push(`${task} ${journal.state.tasks.get(task)?.status}`);
      },
    });
    expect(begins).toEqual([['a', 'b'], ['c']]);
    expect(ends.toSorted()).toEqual(['a completed', 'b completed', 'c completed']);
  });

  it('does not say that it begins nothing', async () => {
    const begins: string[][] = [];
    const { run } = await scene([{ task: 'a' }, { task: 'b', dependencies: ['a'] }], { a: [fails('never')] });
    await run({ beforeStart: async (tasks) => void begins.push(tasks) });
    expect(begins).toEqual([['a']]);
  });
});

describe('a task with a condition', () => {
  it('is left out where the condition does not hold, without having begun, and those behind it go on', async () => {
    const plan = [{ task: 'a', when: 'inputs.requirement == "Sell it."' }, { task: 'b', dependencies: ['a'] }, { task: 'c' }];
    const { run, told, statuses, calls } = await scene(plan);
    const begins: string[][] = [];
    await run({ beforeStart: async (tasks) => void begins.push(tasks) });
    expect(statuses()).toEqual({ a: 'skipped', b: 'completed', c: 'completed' });
    expect(calls).toEqual(['b 1', 'c 1']);
    expect(begins).toEqual([['b', 'c']]);
    expect(told('task.skipped')).toEqual([
      {
        type: 'task.skipped',
        actor: 'scheduler',
        data: { task: 'a', reason: 'condition', because: '"inputs.requirement == "Sell it."" does not hold' },
      },
    ]);
  });

  it('begins where it holds, and is not asked for it again', async () => {
    const plan = [
      { task: 'a', when: '!("b" in steps) || steps.b.status == "pending"' },
      { task: 'b', dependencies: ['a'] },
    ];
    const { run, calls } = await scene(plan, { a: [fails('later')] });
    await run();
    expect(calls).toEqual(['a 1', 'a 2', 'b 1']);
  });

  it('fails where the condition cannot be worked out, and says why', async () => {
    const { run, told, statuses } = await scene([
      { task: 'a', when: 'inputs.requirement' },
      { task: 'b', dependencies: ['a'] },
    ]);
    await run();
    expect(statuses()).toEqual({ a: 'failed', b: 'skipped' });
    expect(told('task.failed')).toMatchObject([{ actor: 'scheduler', data: { task: 'a', error: { code: 'expression.failed' } } }]);
  });

  it('can say so itself', async () => {
    const { run, told, statuses } = await scene([{ task: 'a' }, { task: 'b', dependencies: ['a'] }], {
      a: [{ status: 'skipped', because: 'no case holds' }],
    });
    await run();
    expect(statuses()).toEqual({ a: 'skipped', b: 'completed' });
    expect(told('task.skipped')).toMatchObject([{ data: { task: 'a', reason: 'condition', because: 'no case holds' } }]);
  });
});

describe('a task that waits', () => {
  it('goes on with its attempt when its time has come, and is told what woke it', async () => {
    const waits: TaskOutcome = { status: 'waiting', reason: 'wait', until: 1 };
    const { run, told } = await scene([{ task: 'a', role: '' }], { a: [waits] });
    await run();
    expect(told().slice(1)).toEqual([
      { type: 'task.waiting', actor: 'scheduler', data: { task: 'a', reason: 'wait', until: 1 } },
      { type: 'task.woken', actor: 'scheduler', data: { task: 'a', by: 'time' } },
      { type: 'task.started', actor: 'scheduler', data: { task: 'a', attempt: 1, agent: 'wait' } },
      { type: 'task.completed', actor: 'wait', data: { task: 'a' } },
    ]);
  });

  it('goes on when a signal has woken it, and is not told a second time', async () => {
    const waits: TaskOutcome = { status: 'waiting', reason: 'signal', signal: 'go' };
    const { run, told, journal } = await scene([{ task: 'a' }, { task: 'b' }], { a: [waits] });
    const woken = journal.listen(({ type }) => {
      if (type !== 'task.waiting') return;
      woken();
      const signal = { number: 1, from: 'person', data: {} };
      void journal.append('person', [{ type: 'task.woken', data: { task: 'a', by: 'signal', signal } }]);
    });
    await run();
    expect(told('task.waiting', 'task.woken').map(({ data }) => data)).toMatchObject([{ signal: 'go' }, { by: 'signal' }]);
    expect(told('task.started').filter(({ data }) => (data as { task: string }).task === 'a')).toMatchObject([
      { data: { attempt: 1 } },
      { data: { attempt: 1 } },
    ]);
  });

  it('lets the run rest where nothing is under way and nothing can begin, if it may', async () => {
    const waits: TaskOutcome = { status: 'waiting', reason: 'signal', signal: 'go' };
    const asked: string[] = [];
    const { run, statuses } = await scene([{ task: 'a' }, { task: 'b' }, { task: 'c', dependencies: ['b'] }], { a: [waits] });
    await run({ mayRest: () => asked.push(Object.values(statuses()).join(' ')) > 0 });
    expect(asked).toEqual(['waiting completed completed']);
  });

  it('keeps the run where it may not rest, until it is aborted', async () => {
    const waits: TaskOutcome = { status: 'waiting', reason: 'signal', signal: 'go' };
    const { run, statuses, abort } = await scene([{ task: 'a' }], { a: [waits] });
    let asked = 0;
    await run({
      mayRest: () => {
        asked += 1;
        abort.abort();
        return false;
      },
    });
    expect([asked, statuses()]).toEqual([1, { a: 'waiting' }]);
  });

  it('goes on when somebody wakes it while nothing else happens', async () => {
    const waits: TaskOutcome = { status: 'waiting', reason: 'signal', signal: 'go' };
    const { run, journal, statuses } = await scene([{ task: 'a' }], { a: [waits] });
    const wake = async () => {
      await nextTurn();
      const signal = { number: 1, from: 'person', data: {} };
      await journal.append('person', [{ type: 'task.woken', data: { task: 'a', by: 'signal', signal } }]);
    };
    let waking: Promise<void> | undefined;
    await run({
      mayRest: () => {
        waking ??= wake();
        return false;
      },
    });
    await waking;
    expect(statuses()).toEqual({ a: 'completed' });
  });

  it('goes on when its time has come while nothing else happens', async () => {
    let time = 1_000;
    const clock = {
      now: () => time,
      sleep: async (milliseconds: number) => {
        await nextTurn();
        await nextTurn();
        time += milliseconds;
      },
    };
    const { run, statuses } = await scene([{ task: 'a' }], { a: [{ status: 'waiting', reason: 'wait', until: 9_000 }] });
    await run({ clock });
    expect(statuses()).toEqual({ a: 'completed' });
    expect(time).toBeGreaterThanOrEqual(9_000);
  });

  it('alone keeps the process, and only as long as it waits; what is under way does so itself', async () => {
    const sleeps: { milliseconds: number; signal: AbortSignal | undefined }[] = [];
    const waits: TaskOutcome = { status: 'waiting', reason: 'signal', signal: 'go' };
    const slow: Executed = async () => {
      for (let turns = 0; turns < 5; turns += 1) await nextTurn();
      return done;
    };
    const { run, clock, abort } = await scene([{ task: 'a' }, { task: 'b' }], { a: [waits], b: [slow] });
    const noting = {
      now: () => clock.now(),
      sleep: (milliseconds: number, signal?: AbortSignal) => {
        sleeps.push({ milliseconds, signal });
        setImmediate(() => abort.abort());
        return clock.sleep(milliseconds, signal);
      },
    };
    await run({ clock: noting });
    expect(sleeps.map(({ milliseconds, signal }) => [milliseconds, signal?.aborted])).toEqual([[longestTimer, true]]);
  });

  it('keeps its first attempt where it was interrupted after it was woken', async () => {
    const { run, journal, calls } = await scene([{ task: 'a' }]);
    await journal.append('test', [
      { type: 'task.started', data: { task: 'a', attempt: 1, agent: 'developer_001' } },
      { type: 'task.waiting', data: { task: 'a', reason: 'wait', until: 1 } },
      { type: 'task.woken', data: { task: 'a', by: 'time' } },
      { type: 'task.started', data: { task: 'a', attempt: 1, agent: 'developer_001' } },
      { type: 'task.reopened', data: { task: 'a', reason: 'interrupted' } },
    ]);
    await run();
    expect(calls).toEqual(['a 1']);
  });

  it('for a person is told what it asks before it waits', async () => {
    const asks = { round: 1, wants: 'answer' as const, ask: 'Which?', shown: [], diff: '', leftOut: 0, against: 'project' as const };
    const { run, told } = await scene([{ task: 'a' }], { a: [{ status: 'waiting', reason: 'answer', asks }] });
    await run({ mayRest: () => true });
    expect(told('task.asked', 'task.waiting')).toMatchObject([
      { type: 'task.asked', actor: 'scheduler', data: { task: 'a', ...asks } },
      { type: 'task.waiting', actor: 'scheduler', data: { task: 'a', reason: 'answer' } },
    ]);
  });

  it('does not let the run rest while there is something to be skipped', async () => {
    const waits: TaskOutcome = { status: 'waiting', reason: 'signal', signal: 'go' };
    const plan = [{ task: 'a' }, { task: 'b' }, { task: 'c', dependencies: ['b'] }, { task: 'd', dependencies: ['c'] }];
    const { run, statuses } = await scene(plan, { a: [waits], b: [fails('never')] });
    await run({ mayRest: () => true });
    expect(statuses()).toEqual({ a: 'waiting', b: 'failed', c: 'skipped', d: 'skipped' });
  });

  it('is asked again when the tasks that joined the run for it have ended', async () => {
    const step = { id: 'x', kind: 'agent', role: 'developer', task_type: 'x', description: 'd', depends_on: [], priority: 1 };
    const expands = { status: 'expanded', steps: [step] } as unknown as TaskOutcome;
    const { run, calls, told } = await scene([{ task: 'a' }], { a: [expands, expands] });
    await run();
    expect(calls).toEqual(['a 1', 'a/x 1', 'a 1', 'a 1']);
    expect(told('task.added')).toMatchObject([{ data: { task: 'a/x', parent: 'a', role: 'developer' } }]);
    expect(told('task.woken').map(({ data }) => data)).toEqual([
      { task: 'a', by: 'tasks' },
      { task: 'a', by: 'tasks' },
    ]);
  });
});

describe('a run that is stopped', () => {
  it('has what is under way stop, records that, and begins nothing more', async () => {
    const { run, told, statuses, abort } = await scene([{ task: 'a' }, { task: 'b' }, { task: 'c' }, { task: 'd', dependencies: ['a'] }], {
      a: [untilAborted],
      b: [untilAborted],
    });
    const ended: string[] = [];
    setImmediate(() => setImmediate(() => abort.abort(new Error('enough'))));
    await run({ onTaskEnded: async (task) => void ended.push(task) });
    expect(statuses()).toEqual({ a: 'cancelled', b: 'cancelled', c: 'pending', d: 'pending' });
    expect(told('task.cancelled').map(({ actor }) => actor)).toEqual(['scheduler', 'scheduler']);
    expect(ended).toEqual([]);
  });

  it('begins nothing where that happens while it prepares to', async () => {
    const { run, calls, abort, statuses } = await scene([{ task: 'a' }, { task: 'b' }]);
    await run({
      beforeStart: async (_, signal) => {
        abort.abort();
        expect(signal.aborted).toBe(true);
      },
    });
    expect([calls, statuses()]).toEqual([[], { a: 'pending', b: 'pending' }]);
  });

  it('begins nothing where it was stopped before', async () => {
    const { run, calls, abort } = await scene([{ task: 'a' }]);
    abort.abort();
    await run();
    expect(calls).toEqual([]);
  });
});

describe('a defect of the program', () => {
  it('stops the other tasks and is told when they have stopped; the first one counts', async () => {
    const defect = new Error('a defect');
    const breaks: Executed = async () => {
      await nextTurn();
      throw defect;
    };
    const reasons: unknown[] = [];
    const stops: Executed = (assignment) => {
      assignment.signal.addEventListener('abort', () => reasons.push(assignment.signal.reason));
      return untilAborted(assignment);
    };
    const { run, statuses } = await scene([{ task: 'a' }, { task: 'b' }, { task: 'c' }], { a: [breaks], b: [stops] });
    await expect(
      run({
        stopped: (task) => {
          if (task === 'b') throw new Error('another one');
          return { type: 'task.cancelled', data: { task } };
        },
      }),
    ).rejects.toBe(defect);
    expect(statuses()).toEqual({ a: 'running', b: 'running', c: 'pending' });
    expect(reasons).toEqual([defect]);
  });

  it('hears the journal no more when it has ended', async () => {
    const { run, journal } = await scene([{ task: 'a' }]);
    let listening = 0;
    const listen = journal.listen.bind(journal);
    journal.listen = (listener) => {
      listening += 1;
      const stop = listen(listener);
      return () => {
        listening -= 1;
        stop();
      };
    };
    await run({ onTaskEnded: async () => expect(listening).toBe(1) });
    expect(listening).toBe(0);
  });
});
