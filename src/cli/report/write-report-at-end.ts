import { relative } from 'node:path';
import { hasEnded } from '../../orchestrator/decisions/open-questions.ts';
import type { WorkflowResult } from '../../orchestrator/results/run-result.ts';
import type { Workspace } from '../../operations/workspace.ts';
import { describeError } from '../../utils/describe-error.ts';
import { printableLine } from '../../utils/printable.ts';

export interface WriteReportOptions {
  /** The current folder. */
  directory: string;
  say: (text: string) => void;
}

/**
 * Writes the page about a run that has ended. @returns the line that names it; none for a run that goes on later.
 * A page that cannot be written is said, and changes nothing about the run.
 */
export async function writeReportAtEnd(
  workspace: Workspace,
  { workflow_id: run, status }: Pick<WorkflowResult, 'workflow_id' | 'status'>,
  { directory, say }: WriteReportOptions,
): Promise<string[]> {
  if (!hasEnded(status)) return [];
  try {
    const file = await writeReport(workspace, run);
    const near = relative(directory, file);
    return [printableLine(`  Report   ${near.startsWith('..') ? file : near}`)];
  } catch (error) {
    say(`${printableLine(`No report was written: ${describeError(error).message}`)}\n`);
    return [];
  }
}

/** Loaded when a run has ended: nothing before needs it. @returns the absolute path. @throws what `reportOfRun` and `saveReport` throw. */
async function writeReport(workspace: Workspace, run: string): Promise<string> {
  const [{ reportOfRun }, { saveReport }, { reportPage }] = await Promise.all([
    import('../../operations/report/report-of-run.ts'),
    import('../../operations/report/save-report.ts'),
    import('./report-page.ts'),
  ]);
  return saveReport(workspace, reportPage(await reportOfRun(workspace, run)), run);
}
