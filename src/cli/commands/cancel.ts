import type { Workspace } from '../../operations/workspace.ts';
import { usageError } from '../usage-error.ts';
import { cancelRun } from '../../operations/cancel-run.ts';
import { liveRuns } from '../../operations/live-runs.ts';
import { findRun } from '../../operations/find-run.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent cancel [run]` */
export async function cancel(reference: string | undefined, options: JournalOptions): Promise<void> {
  await withJournal(options, async (workspace) => {
    const run = reference === undefined ? await onlyLive(workspace) : await findRun(workspace, reference);
    const outcome = await cancelRun(workspace, run);
    const text =
      outcome.kind === 'cancelled'
        ? `The run ${run} is cancelled; what has arrived is kept. If you want it after all: multiagent resume ${run}`
        : outcome.kind === 'had_ended'
          ? `The run ${run} has ended already (${outcome.status}); there is nothing to cancel.`
          : `The run ${run} ended before it could be cancelled (${outcome.status}).`;
    writeFolded(`${text}\n`);
  });
}

async function onlyLive(workspace: Workspace): Promise<string> {
  const [run, ...others] = await liveRuns(workspace);
  if (run !== undefined && others.length === 0) return run;
  throw usageError(
    run === undefined ? 'No run of this workspace is running.' : `Several runs are running: ${[run, ...others].join(', ')}.`,
    run === undefined ? '"multiagent runs" lists the runs; name the one to cancel.' : 'Name the one to cancel.',
  );
}
