import { describe, expect, it } from 'vitest';
import type { TaskOutcome } from '../../../src/orchestrator/task-executor.ts';
import { done, error, fails, nextTurn, scene, turnOf, untilAborted, type Executed } from './run-loop-scene.ts';

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

  it('waits five minutes at most before it tries again', async () => {
    const { run, calls, clock } = await scene([{ task: 'a', more: { retries: 20 } }], {
      a: Array.from({ length: 20 }, () => fails('later')),
    });
    await run();
    expect(calls).toHaveLength(21);
    expect(Math.max(...clock.slept)).toBe(300_000);
  });

  it.each([
    ['as often as its step says, in the place of the setting', 'later', 1, 2],
    ['never, where its step says so', 'later', 0, 1],
    ['where its step asks for that, although it may not help', 'if_asked', 1, 2],
    ['not where nobody asks for what may not help', 'if_asked', undefined, 1],
    ['not where it cannot help, whoever asks', 'never', 3, 1],
  ] as const)('tries a task again %s', async (_, again, retries, tries) => {
    const plan = [{ task: 'a', more: { retries } }, { task: 'b' }];
    const { run, calls, statuses } = await scene(plan, { a: Array.from({ length: 9 }, () => fails(again)) });
    await run();
    expect(calls.filter((call) => call.startsWith('a '))).toHaveLength(tries);
    expect(statuses()).toEqual({ a: 'failed', b: 'completed' });
  });

  it('tells a task with its beginning what its texts have become, once', async () => {
    const plan = [{ task: 'a', more: { description: 'Build for {{ run.workflow }}.' } }, { task: 'b' }];
    const { run, told, journal } = await scene(plan, { a: [fails('later')] });
    await run();
    const starts = told('task.started').filter(({ data }) => (data as { task: string }).task === 'a');
    expect(starts.map(({ data }) => (data as { filled?: unknown }).filled)).toEqual([{ description: 'Build for bug_fix.' }, undefined]);
    expect(journal.state.tasks.get('a')?.description).toBe('Build for bug_fix.');
    expect(told('task.started').find(({ data }) => (data as { task: string }).task === 'b')?.data).not.toHaveProperty('filled');
  });

  it('begins a task with what was known when it was to begin, whatever ends before it does', async () => {
    let end = () => {};
    const slow: Executed = async () => {
      await new Promise<void>((resolve) => (end = resolve));
      return { status: 'completed', outputs: { json: {} } };
    };
    const description = "Build {{ steps.slow.json == null ? 'it' : steps.slow.json.title }}.";
    const plan = [{ task: 'slow' }, { task: 'quick' }, { task: 'after', dependencies: ['quick'], more: { description } }];
    const { run, statuses, journal } = await scene(plan, { slow: [slow] });
    await run({
      beforeStart: async (tasks) => {
        if (!tasks.includes('after')) return;
        end();
        while (journal.state.tasks.get('slow')?.status !== 'completed') await nextTurn();
      },
    });
    expect(statuses()).toEqual({ slow: 'completed', quick: 'completed', after: 'completed' });
    expect(journal.state.tasks.get('after')?.description).toBe('Build it.');
  });

  it('fails a task before it begins where its texts cannot be filled', async () => {
    const { run, told, calls } = await scene([{ task: 'a', more: { description: 'Build {{ 1 / 0 }}.' } }]);
    await run();
    expect(calls).toEqual([]);
    expect(told()).toMatchObject([{ type: 'task.failed', actor: 'scheduler', data: { task: 'a', error: { code: 'expression.failed' } } }]);
  });

  it('names the outputs of a task as its step says, beside its own', async () => {
    const plan = [{ task: 'a', more: { namedOutputs: { twice: 'steps.a.outputs.count + steps.a.outputs.count' } } }];
    const { run, journal } = await scene(plan, { a: [{ status: 'completed', outputs: { count: 2 } }] });
    await run();
    expect(journal.state.tasks.get('a')).toMatchObject({ status: 'completed', outputs: { count: 2, twice: 4 } });
  });

  it('fails a task whose named outputs have no value', async () => {
    const { run, told } = await scene([{ task: 'a', more: { namedOutputs: { none: '1 / 0' } } }]);
    await run();
    expect(told('task.completed', 'task.failed')).toMatchObject([{ type: 'task.failed', data: { error: { code: 'expression.failed' } } }]);
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
