import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runFolders } from '../../orchestrator/run/run-folders.ts';
import { foldRun } from '../../state/run/run-state.ts';
import { printableLine } from '../../utils/printable.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { confirm } from '../runs/confirm.ts';
import { findRun } from '../runs/find-run.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { removeRun, requireNotLive } from '../runs/remove-run.ts';
import { writeFolded } from '../write-folded.ts';

export interface RemoveOptions extends JournalOptions {
  yes?: boolean | undefined;
}

/** `multiagent rm <run>` */
export async function remove(reference: string, { yes, ...options }: RemoveOptions): Promise<ExitCode> {
  return withJournal(options, async (journal) => {
    const { store, workspace } = journal;
    const run = await findRun(store, reference);
    await requireNotLive({ store, run });
    const state = await foldRun(store.read(`run:${run}`));
    const { workflow } = state;
    if (!yes) {
      const backups = existsSync(join(workspace, '.multiagent', 'backups', run))
        ? ', and the copies of what they replaced in the project'
        : '';
      const answer = await confirm(`Remove the run ${run} (${workflow.replaceAll('_', ' ')}) with its files${backups}?`, '--yes');
      if (answer === 'stopped') return exitCode.interrupted;
      if (answer === 'no') {
        writeFolded('Nothing was removed.\n');
        return exitCode.completed;
      }
    }
    const { removed, kept } = await removeRun({ ...journal, run });
    const { generated } = runFolders({ output: resolve(workspace, state.output), run, workflow });
    const lines = [
      `Removed the run ${run}: its history and ${removed} ${removed === 1 ? 'file' : 'files'}.`,
      ...(kept.length === 0
        ? []
        : [`Kept in ${generated}, because somebody has changed or added them:`, ...kept.map((path) => `  ${path}`)]),
    ];
    writeFolded(`${lines.map(printableLine).join('\n')}\n`);
    return exitCode.completed;
  });
}
