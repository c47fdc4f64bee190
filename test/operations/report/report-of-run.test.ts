import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { removeRun } from '../../../src/operations/remove-run.ts';
import { reportOfRun } from '../../../src/operations/report/report-of-run.ts';
import { saveReport } from '../../../src/operations/report/save-report.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { fullRun, hashOf, RunWriter } from '../../cli/report/run-to-report.ts';

describe('a report of a run', () => {
  it('holds what each step said, did and wrote, with what changed in each file', async () => {
    const report = await reportOfRun(await fullRun('words').workspace(), 'r');
    expect(report.status).toBe('failed');
    expect(report.steps.map(({ task, status }) => [task, status])).toEqual([
      ['build', 'completed'],
      ['repair', 'completed'],
      ['approve', 'completed'],
      ['look', 'failed'],
    ]);
    const text = 'words\n\n```python src/a.py\nold()\n```\n';
    expect(report.steps[0]?.replies).toMatchObject([
      {
        text,
        blocks: [
          { from: 0, to: 1, path: 'words', became: 'refused' },
          { from: 26, to: 32, path: 'src/a.py', became: 'created' },
        ].toReversed(),
      },
    ]);
    expect(report.files.find(({ path }) => path === 'src/a.py')?.versions).toMatchObject([
      { task: 'build', place: 'replaced', check: { found: 1 }, content: { kind: 'whole', text: 'old()\n' } },
      { task: 'repair', place: 'stands', content: { kind: 'diff', text: expect.stringContaining('-old()\n+words\n') as string } },
    ]);
    expect(report.work.map(({ task, kind, outcome, output }) => [task, kind, outcome, output])).toEqual([
      ['build', 'command', 'failed', 'words'],
      ['look', 'tool', 'done', 'words'],
    ]);
    expect(report.speeds).toMatchObject([
      { task: 'build', reading: 2_000, writing: 50 },
      { task: 'repair', reading: 2_000, writing: 50 },
    ]);
    expect(report.steering).toMatchObject([
      { kind: 'said', by: 'words', text: 'words' },
      { kind: 'paused', by: 'words' },
      { kind: 'edited', by: 'words', task: 'build', path: 'src/a.py' },
    ]);
    expect(report.steering.map(({ time }) => time - report.steering[0]!.time)).toEqual([0, 1_000, 2_000]);
    expect(report.steps[2]).toMatchObject({
      question: { ask: 'words', isOpen: false },
      decisions: [{ sentence: 'words approved it: words.' }],
    });
  });

  it.each([
    ['is no text', 'a\0b', 'binary'],
    ['is too large', 'x'.repeat(1_000_001), 'large'],
  ])('shows no file that %s', async (_, content, kind) => {
    const writer = new RunWriter().begin().task('a', 1).replies('a', 'x').file('a', 'f.txt', content);
    expect((await reportOfRun(await writer.workspace(), 'r')).files[0]?.versions[0]?.content).toEqual({ kind });
  });

  it('says of a file that the journal no longer holds its content', async () => {
    const writer = new RunWriter().begin().task('a', 1).replies('a', 'x').file('a', 'f.txt', 'content');
    writer.contents.length = 0;
    expect((await reportOfRun(await writer.workspace(), 'r')).files[0]?.versions[0]?.content).toEqual({ kind: 'missing' });
    expect(hashOf('content')).toHaveLength(64);
  });

  it('is of no run that there is not', async () => {
    await expect(reportOfRun(await new RunWriter().begin().workspace(), 'other')).rejects.toMatchObject({ code: 'run.not_found' });
  });
});

describe('a page about a run', () => {
  const id = '20261121-093015042-k3f9';

  it('lies beside the results of the run, replaces an earlier one, and goes with the run', async () => {
    const workspace = await new RunWriter(id).begin().workspace();
    const file = await saveReport(workspace, 'first', id);
    expect(file).toBe(join(workspace.workspace, 'output', `report_${id}.html`));
    await saveReport(workspace, 'second', id);
    expect(readFileSync(file, 'utf8')).toBe('second');
    const both = await saveReport(workspace, 'both', id, '20261121-093015042-zzzz');
    expect(both).toBe(join(workspace.workspace, 'output', `report_${id}_20261121-093015042-zzzz.html`));
    const other = join(workspace.workspace, 'output', 'report_of_mine.html');
    writeFileSync(other, 'mine');
    await removeRun(workspace, id);
    expect([file, both, other].map((path) => existsSync(path))).toEqual([false, false, true]);
  });

  it('is written nowhere that a journal from elsewhere names, and follows no link', async () => {
    const elsewhere = temporaryFolder();
    const foreign = await new RunWriter().begin({ output: elsewhere }).workspace();
    await expect(saveReport(foreign, 'page', 'r')).rejects.toMatchObject({ code: 'run.elsewhere' });
    const linked = await new RunWriter().begin().workspace();
    mkdirSync(join(elsewhere, 'target'));
    symlinkSync(join(elsewhere, 'target'), join(linked.workspace, 'output'));
    await expect(saveReport(linked, 'page', 'r')).rejects.toMatchObject({ code: 'output.unwritable' });
    expect(existsSync(join(elsewhere, 'target', 'report_r.html'))).toBe(false);
  });
});
