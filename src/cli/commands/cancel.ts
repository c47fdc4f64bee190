import { cancelRun } from '../../operations/cancel-run.ts';
import { findRun } from '../../operations/find-run.ts';
import { onlyLiveRun } from '../runs/only-live-run.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent cancel [run]` */
export async function cancel(reference: string | undefined, options: JournalOptions): Promise<void> {
  await withJournal(options, async (workspace) => {
    const run = reference === undefined ? await onlyLiveRun(workspace, 'cancel') : await findRun(workspace, reference);
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
