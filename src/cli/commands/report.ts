import { relative } from 'node:path';
import process from 'node:process';
import { findRun } from '../../operations/find-run.ts';
import { compareRuns } from '../../operations/report/compare-runs.ts';
import { reportOfRun } from '../../operations/report/report-of-run.ts';
import { saveReport } from '../../operations/report/save-report.ts';
import type { Workspace } from '../../operations/workspace.ts';
import { printableLine } from '../../utils/printable.ts';
import { comparisonPage } from '../report/comparison-page.ts';
import { reportPage } from '../report/report-page.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';

export interface ReportOptions extends JournalOptions {
  /** The other run. */
  compare?: string | undefined;
}

/** `multiagent report [run]` */
export async function report(reference: string | undefined, { compare, ...options }: ReportOptions): Promise<void> {
  await withJournal(options, async (workspace) => {
    const run = await findRun(workspace, reference);
    const file =
      compare === undefined ? await writeReport(workspace, run) : await writeComparison(workspace, run, await findRun(workspace, compare));
    // The path alone: a program may read it.
    process.stdout.write(`${printableLine(shownPath(file))}\n`);
  });
}

async function writeReport(workspace: Workspace, run: string): Promise<string> {
  return saveReport(workspace, reportPage(await reportOfRun(workspace, run)), run);
}

async function writeComparison(workspace: Workspace, one: string, other: string): Promise<string> {
  const compared = await compareRuns(workspace, one, other);
  const [first, second] = compared.runs.map(({ result }) => result.workflow_id) as [string, string];
  return saveReport(workspace, comparisonPage(compared), second, first);
}

function shownPath(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near;
}
