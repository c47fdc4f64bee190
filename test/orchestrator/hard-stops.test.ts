import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { ReplyRecorder } from '../../src/orchestrator/conversation/reply-recorder.ts';
import { expectSoundDatabase, filesIn } from '../crash/expect-same-run.ts';
import { faultyProject } from '../crash/faulty-project.ts';
import { hasSmallDisks, runOnSmallDisk } from '../crash/run-on-small-disk.ts';
import type { CommandOutcome } from '../support/run-command.ts';
import { isReply } from '../../src/state/run/activities-of.ts';

const delivered = ['01-bug_analysis.md', 'CHANGELOG.md', 'src/format.py', 'src/total.py', 'tests/test_total.py'];

function expectClearEnd({ code, output, errors }: CommandOutcome, expected: { code: number; says: RegExp }): void {
  expect({ code, said: output + errors }).toEqual({ code: expected.code, said: expect.stringMatching(expected.says) as string });
  expect(output + errors).not.toMatch(/\n\s+at .*\.ts:|should not have happened/);
}

describe.concurrent('when the system refuses to write, the command says why and what to do, and nothing is lost', () => {
  it.for([
    ['while files are written', 3],
    ['when the results are written', 7],
  ] as const)('a full disk %s: resumed, the run asks for nothing again that was answered', async ([, after], context) => {
    const { multiagent, runArguments, server, state, generated, journal } = await faultyProject(context);
    const full = await multiagent(runArguments, { fault: 'files', code: 'ENOSPC', under: '/output/', after });
    expectClearEnd(full, { code: 1, says: /could not be written: the disk is full/ });
    expectSoundDatabase(journal);
    const before = server.requests.map(({ taskType }) => taskType);

    const { code, output } = await multiagent(['resume', (await state()).run]);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('4 of 4 tasks') as string });
    expect(await generated()).toEqual(delivered);
    expect(server.requests.slice(before.length).filter(({ taskType }) => before.includes(taskType))).toEqual([]);
  });

  it.runIf(hasSmallDisks)('a small disk that is full and then gone: every file is written again from the journal', async (context) => {
    const { directory, runArguments, multiagent, state, generated } = await faultyProject(context);
    const folder = join(directory, 'output');
    mkdirSync(folder);
    const full = await runOnSmallDisk(runArguments, { directory, folder, input: 'The total is wrong.' });
    expectClearEnd(full, { code: 1, says: /could not be written: the disk is full/ });

    expect((await multiagent(['resume', (await state()).run])).code).toBe(0);
    expect(await generated()).toEqual(delivered);
  });

  it('a disk without room for the journal: what was recorded before is kept and gone on from', async (context) => {
    const { multiagent, runArguments, server, journal, state, generated } = await faultyProject(context);
    const full = await multiagent(runArguments, { fault: 'full journal', pages: 18 });
    expectClearEnd(full, { code: 1, says: /no room left on the disk for the journal/ });
    expectSoundDatabase(journal);
    const { run, activities } = await state();
    const before = server.requests.length;
    expect(before).toBeGreaterThan(0);

    expect((await multiagent(['resume', run])).code).toBe(0);
    expect(await generated()).toEqual(delivered);
    const again = server.requests.slice(before);
    const begunWith = Object.fromEntries(again.map(({ taskType, prefill }) => [taskType, prefill ?? '']));
    const saved = Object.fromEntries([...activities.values()].filter(isReply).map(({ task, text }) => [task, text]));
    expect(begunWith).toEqual({ ...begunWith, ...pick(saved, Object.keys(begunWith)) });
  });

  it('an output folder that is read-only: nothing is begun', async (context) => {
    const { multiagent, runArguments, server, directory } = await faultyProject(context);
    mkdirSync(join(directory, 'output'));
    const refused = await multiagent(runArguments, { fault: 'files', code: 'EROFS', under: '/output/', after: 0 });
    expectClearEnd(refused, { code: 2, says: /Results cannot be written to .*output/ });
    expect(server.requests).toEqual([]);
  });

  it('a workspace without a place for the journal: nothing is begun, and what stands there stays', async (context) => {
    const { multiagent, runArguments, server, directory } = await faultyProject(context);
    writeFileSync(join(directory, '.multiagent'), 'mine\n');
    expectClearEnd(await multiagent(runArguments), { code: 1, says: /journal .* cannot be opened for writing/ });
    expect(server.requests).toEqual([]);
    expect(readFileSync(join(directory, '.multiagent'), 'utf8')).toBe('mine\n');
  });

  it('a journal that another program keeps locked: nothing is begun, and what was in it stays', async (context) => {
    const { multiagent, runArguments, server, journal, state } = await faultyProject(context);
    await multiagent(runArguments);
    const { requests } = server;
    const [count, { lastSequence }] = [requests.length, await state()];
    const other = new DatabaseSync(journal);
    context.onTestFinished(() => other.close());
    other.exec('BEGIN IMMEDIATE');
    expectClearEnd(await multiagent(runArguments), { code: 1, says: /written by another process, which did not finish in time/ });
    other.exec('ROLLBACK');
    expect(requests.length).toBe(count);
    expect((await state()).lastSequence).toBe(lastSequence);
  });
});

describe.concurrent('what is not as it should be', () => {
  it('a clock that is set back in the middle of a run: the run completes, and nothing took less than no time', async (context) => {
    const { multiagent, runArguments, state, generated, directory } = await faultyProject(context);
    const { code, output } = await multiagent(runArguments, { fault: 'clock', after: 150 });
    expect(code).toBe(0);
    expect(output).not.toMatch(/ -\d/);
    expect(await generated()).toEqual(delivered);
    const { startedAt, finishedAt = 0, run } = await state();
    expect(finishedAt, 'the clock was set back in the middle').toBeLessThan(startedAt);
    expect(readFileSync(join(directory, 'output', `workflow_bug_fix_${run}.json`), 'utf8')).not.toMatch(/"(duration|\w+Milliseconds)": -/);
    expect(readFileSync(join(directory, 'output', `workflow_summary_${run}.md`), 'utf8')).not.toMatch(/ -\d/);
  });

  it('a clock that is set back in the middle of a reply: the reply took no time rather than less', async () => {
    const recorded: unknown[] = [];
    let now = 5_000_000;
    const recorder = new ReplyRecorder({
      activity: 'bug_fix/1',
      record: async (reports) => void recorded.push(...reports.map(({ data }) => data)),
      now: () => now,
    });
    await recorder.update({ type: 'text', text: 'One' });
    now -= 3_600_000;
    await recorder.flush();
    expect(recorded).toEqual([{ activity: 'bug_fix/1', text: 'One', tokens: 1, milliseconds: 0 }]);
  });

  it('a file in the place of the journal that is none: it stays as it is', async (context) => {
    const { multiagent, runArguments, journal, directory } = await faultyProject(context);
    mkdirSync(join(directory, '.multiagent'));
    const content = 'not a database, but dear to somebody\n'.repeat(200);
    writeFileSync(journal, content);
    expectClearEnd(await multiagent(runArguments), { code: 1, says: /not a journal of multiagent. Nothing in it was changed/ });
    expect(readFileSync(journal, 'utf8')).toBe(content);
  });

  it.for(['truncated', 'corrupt'] as const)(
    'a %s journal: the command says so, changes nothing, and exports what can be read',
    async (how, context) => {
      const { multiagent, runArguments, journal, state, directory } = await faultyProject(context);
      await multiagent(runArguments);
      const { run, lastSequence } = await state();
      expect(existsSync(`${journal}-wal`), 'everything is in the one file').toBe(false);
      const pages = statSync(journal).size / pageSize;
      if (how === 'truncated') truncateSync(journal, (pages - 3) * pageSize);
      else for (const page of [4, 5, 6, 7, 8, pages - 1]) overwritePage(journal, page);
      const damaged = readFileSync(journal);
      const output = filesIn(join(directory, 'output'));

      expectClearEnd(await multiagent(runArguments), { code: 1, says: /journal .* is damaged/ });
      expectClearEnd(await multiagent(['resume', run]), { code: 1, says: /journal .* is damaged/ });
      expect(readFileSync(journal).equals(damaged)).toBe(true);

      const exported = await multiagent(['export', run, '--output', 'run.json']);
      expectClearEnd(exported, { code: 0, says: /Exported the run .*The journal is damaged: \d+ events/s });
      const { events } = JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')) as { events: unknown[] };
      expect(events.length).toBeGreaterThan(0);
      expect(events.length).toBeLessThan(lastSequence);
      expect(readFileSync(journal).equals(damaged)).toBe(true);
      expect(filesIn(join(directory, 'output'))).toEqual(output);
    },
  );
});

const pageSize = 4096;

function overwritePage(path: string, page: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(pageSize, 0xa5), 0, pageSize, page * pageSize);
  closeSync(file);
}

function pick(from: Record<string, string>, names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}
