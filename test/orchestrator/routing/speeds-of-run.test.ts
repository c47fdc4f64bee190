import { describe, expect, it } from 'vitest';
import type { Usage } from '../../../src/events/usage.ts';
import { speedsOfRun } from '../../../src/orchestrator/routing/speeds-of-run.ts';
import type { RunState } from '../../../src/state/run/run-state.ts';

interface Call {
  at: number;
  model?: string;
  usage?: Usage;
  error?: string;
  server?: string;
}

const address = 'http://127.0.0.1:1/v1';

/** A run with a task for each call. */
function runOf(calls: Call[]): RunState {
  const models = Object.fromEntries(['a', 'b'].map((name) => [name, { name, address, engine: 'server' }]));
  const tasks = calls.map(({ at, model, usage, error, server }, index) => {
    const call = { call: 1, continues: 0, usage, server, ...(error === undefined ? {} : { error: { code: error, message: error } }) };
    return [`t${index}`, { task: `t${index}`, askedModel: model, activities: [{ kind: 'reply', startedAt: at, calls: [call] }] }];
  });
  return {
    model: { name: 'only', address, engine: 'server' },
    laterModels: [],
    models,
    tasks: new Map(tasks as never),
  } as unknown as RunState;
}

const usage = (rest: Usage = {}): Usage => ({
  readTokens: 400,
  promptMilliseconds: 2000,
  replyTokens: 100,
  replyMilliseconds: 5000,
  ...rest,
});

describe('what a run shows of the speed of its models', () => {
  it.each<[what: string, calls: Call[], expected: object[]]>([
    [
      'is all its calls together',
      [
        { at: 1, usage: usage() },
        { at: 2, usage: usage({ readTokens: 200, promptMilliseconds: 1000 }) },
      ],
      [{ address, model: 'only', read: 200, write: 20 }],
    ],
    ['is nothing of calls that failed, or that tell nothing', [{ at: 1, usage: usage(), error: 'model.broken' }, { at: 2 }], []],
    ['is nothing of a few tokens', [{ at: 1, usage: usage({ readTokens: 20, replyTokens: 5 }) }], []],
    ['is nothing where the server tells no times', [{ at: 1, usage: { readTokens: 400, replyTokens: 100 } }], []],
    [
      'is by model, with the time that it took to load one after another',
      [
        { at: 1, model: 'a', usage: usage({ firstTokenMilliseconds: 2100 }) },
        { at: 2, model: 'b', usage: usage({ firstTokenMilliseconds: 12_000 }) },
        { at: 3, model: 'a', usage: usage({ firstTokenMilliseconds: 22_000 }) },
        { at: 4, model: 'a', usage: usage({ firstTokenMilliseconds: 9000 }) },
      ],
      [
        { address, model: 'a', read: 200, write: 20, load: 20 },
        { address, model: 'b', read: 200, write: 20, load: 10 },
      ],
    ],
    [
      'is no load where the model was there',
      [
        { at: 2, model: 'b', usage: usage({ firstTokenMilliseconds: 2300 }) },
        { at: 1, model: 'a', usage: usage() },
      ],
      [
        { address, model: 'a', read: 200, write: 20 },
        { address, model: 'b', read: 200, write: 20 },
      ],
    ],
    [
      'is that of the server which answered',
      [{ at: 1, server: 'http://127.0.0.1:2/v1', usage: usage() }],
      [{ address: 'http://127.0.0.1:2/v1', model: 'only', read: 200, write: 20 }],
    ],
  ])('%s', (_, calls, expected) => {
    expect(speedsOfRun(runOf(calls), 1)).toEqual(expected);
  });

  it('is nothing of what was asked before it went on, perhaps of another model', () => {
    const calls = [
      { at: 1, usage: usage({ promptMilliseconds: 9000 }) },
      { at: 2, usage: usage() },
    ];
    expect(speedsOfRun(runOf(calls), 2)).toEqual([{ address, model: 'only', read: 200, write: 20 }]);
  });

  it('is nothing of what it took over from another run', () => {
    const run = runOf([{ at: 1, usage: usage() }]);
    expect(speedsOfRun({ ...run, inherits: { run: 'earlier', how: 'refine', tasks: ['t0'] } }, 1)).toEqual([]);
  });
});
