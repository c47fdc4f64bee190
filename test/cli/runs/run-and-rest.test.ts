import { describe, expect, it } from 'vitest';
import { type BelongsTo, hasFile, hasTask, runAndRest } from '../../../src/cli/runs/run-and-rest.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { added, runEvent, started, writeRun } from '../../support/run-events.ts';

const old = '20260101-000000000-aaaa';
const newest = '20260102-000000000-bbbb';

async function journal(runs = [old, newest]) {
  const store = new MemoryEventStore();
  for (const [index, run] of runs.entries()) {
    await writeRun(store, run, [
      started(run, 'Build it.', index),
      added(run, 'bug_fix'),
      runEvent(run, 'artifact.written', {
        task: 'bug_fix',
        path: 'src/a.py',
        bytes: 1,
        sha256: '',
        outcome: 'created',
        format: 'f',
        range: [0, 1],
      }),
    ]);
  }
  return store;
}

async function meant(words: string[], belongs: BelongsTo, runs?: string[]) {
  const { run, state, rest } = await runAndRest(await journal(runs), words, belongs);
  expect(state.run).toBe(run);
  return [run, ...rest];
}

describe('the run that the words behind a command mean', () => {
  it.each([
    ['nothing', [], [newest]],
    ['a run', ['aaaa'], [old]],
    ['a run and a task', ['aaaa', 'bug-fix'], [old, 'bug-fix']],
    ['a task', ['bug-fix'], [newest, 'bug-fix']],
    ['the number of a task', ['1'], [newest, '1']],
    ['the newest by name', ['latest', '1'], [newest, '1']],
  ])('%s', async (_, words, expected) => {
    expect(await meant(words, hasTask)).toEqual(expected);
  });

  it('takes files and folders of the newest run, also several', async () => {
    expect(await meant(['src', 'b.py'], hasFile)).toEqual([newest, 'src', 'b.py']);
    expect(await meant(['src/a.py'], hasFile)).toEqual([newest, 'src/a.py']);
  });

  it('takes the number of a task for one also where it begins the id of the only run', async () => {
    expect(await meant(['2'], (_, word) => word === '2', [newest])).toEqual([newest, '2']);
  });

  it('says that a word is neither a run nor anything of the newest one', async () => {
    await expect(meant(['aaab'], hasTask)).rejects.toMatchObject({
      code: 'run.not_found',
      message: 'There is no run "aaab" in this workspace.',
      hint: expect.stringMatching(/^Did you mean 20260101-000000000-aaaa\?.* Nothing in the run \S+ has this name, either\.$/),
    });
    await expect(meant([], hasTask, [])).rejects.toMatchObject({ code: 'run.not_found' });
  });
});
