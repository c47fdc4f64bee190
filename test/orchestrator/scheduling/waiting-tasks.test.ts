import { describe, expect, it } from 'vitest';
import type { TaskOutcome } from '../../../src/orchestrator/task-executor.ts';
import { longestTimer } from '../../../src/utils/clock.ts';
import { done, fails, nextTurn, scene, type Executed } from './run-loop-scene.ts';

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

  it('begins where it holds, and is not asked for it again: what it began with stands', async () => {
    const plan = [{ task: 'a', when: 'steps.b.status != "completed"' }, { task: 'b' }];
    const slowly: Executed = async () => {
      for (let turns = 0; turns < 9; turns += 1) await nextTurn();
      return fails('later');
    };
    const { run, calls, statuses } = await scene(plan, { a: [slowly] });
    await run();
    expect(calls).toEqual(['a 1', 'b 1', 'a 2']);
    expect(statuses()).toEqual({ a: 'completed', b: 'completed' });
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

  it('is not asked for it where it is skipped anyway', async () => {
    const { run, statuses, told } = await scene([{ task: 'a' }, { task: 'b', dependencies: ['a'], when: 'inputs.requirement' }], {
      a: [fails('never')],
    });
    await run();
    expect(statuses()).toEqual({ a: 'failed', b: 'skipped' });
    expect(told('task.skipped')).toMatchObject([{ data: { reason: 'dependency_failed' } }]);
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

  it('lets the run rest later, when it is asked again', async () => {
    const waits: TaskOutcome = { status: 'waiting', reason: 'signal', signal: 'go' };
    const { run, statuses } = await scene([{ task: 'a' }], { a: [waits] });
    let asked = 0;
    let ask = () => {};
    await run({
      onAsked: (askAgain) => (ask = askAgain),
      mayRest: () => {
        asked += 1;
        setImmediate(ask);
        return asked === 3;
      },
    });
    expect([asked, statuses()]).toEqual([3, { a: 'waiting' }]);
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
