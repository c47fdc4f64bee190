import { dirname, join } from 'node:path';
import { runStream } from '../../events/run-stream.ts';
import { foldersOfRun } from '../../orchestrator/run/folders-of-run.ts';
import { requireWritable, writeOutput } from '../../orchestrator/results/write-results.ts';
import { foldRun } from '../../state/run/run-state.ts';
import type { Workspace } from '../workspace.ts';

/**
 * Writes a page into the output folder of the run that it is about, over an earlier one: `report_<run>.html`, or `report_<run>_<other>.html` where it is about two.
 * @returns its absolute path. @throws MultiagentError `run.not_found`, `run.elsewhere`, `output.unwritable`.
 */
export async function saveReport(workspace: Workspace, page: string, run: string, other?: string): Promise<string> {
  const folders = await foldersOfRun(await foldRun(workspace.store.read(runStream(run))), workspace);
  await requireWritable(folders);
  const file = other === undefined ? folders.report : join(dirname(folders.report), `report_${run}_${other}.html`);
  await writeOutput(file, page, folders);
  return file;
}
