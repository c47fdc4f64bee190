import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeReportAtEnd } from '../../../src/cli/report/write-report-at-end.ts';
import { RunWriter } from './run-to-report.ts';

it.each([
  ['completed', true],
  ['failed', true],
  ['cancelled', true],
  ['interrupted', false],
  ['waiting', false],
] as const)('a run that is %s has its page at the end: %s', async (status, isWritten) => {
  const workspace = await new RunWriter().begin().workspace();
  const said: string[] = [];
  const lines = await writeReportAtEnd(
    workspace,
    { workflow_id: 'r', status },
    { directory: workspace.workspace, say: (text) => said.push(text) },
  );
  expect(lines).toEqual(isWritten ? ['  Report   output/report_r.html'] : []);
  expect(existsSync(join(workspace.workspace, 'output', 'report_r.html'))).toBe(isWritten);
  expect(said).toEqual([]);
});

it('a page that cannot be written is said, and keeps no run from ending', async () => {
  const workspace = await new RunWriter().begin().workspace();
  writeFileSync(join(workspace.workspace, 'output'), 'a file');
  const said: string[] = [];
  const lines = await writeReportAtEnd(
    workspace,
    { workflow_id: 'r', status: 'completed' },
    { directory: '/', say: (text) => said.push(text) },
  );
  expect(lines).toEqual([]);
  expect(said).toEqual([
    expect.stringMatching(/^No report was written: Results cannot be written to .*: a file stands where a folder has to be\.\n$/),
  ]);
});
