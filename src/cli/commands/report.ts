import { relative } from 'node:path';
import process from 'node:process';
import { findRun } from '../../operations/find-run.ts';
import { reportOfRun } from '../../operations/report/report-of-run.ts';
import { saveReport } from '../../operations/report/save-report.ts';
import { printableLine } from '../../utils/printable.ts';
import { reportPage } from '../report/report-page.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';

/** `multiagent report [run]` */
export async function report(reference: string | undefined, options: JournalOptions): Promise<void> {
  await withJournal(options, async (workspace) => {
    const run = await findRun(workspace, reference);
    const file = await saveReport(workspace, reportPage(await reportOfRun(workspace, run)), run);
    // The path alone: a program may read it.
    process.stdout.write(`${printableLine(shownPath(file))}\n`);
  });
}

function shownPath(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near;
}
