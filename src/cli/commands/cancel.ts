import { cancelRun } from '../runs/cancel-run.ts';
import { findRun } from '../runs/find-run.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent cancel <run>` */
export async function cancel(reference: string, options: JournalOptions): Promise<void> {
  await withJournal(options, async (journal) => {
    const run = await findRun(journal.store, reference);
    const outcome = await cancelRun({ ...journal, run });
    const text =
      outcome.kind === 'cancelled'
        ? `The run ${run} is cancelled; what has arrived is kept. Should you want it after all: multiagent resume ${run}`
        : outcome.kind === 'had_ended'
          ? `The run ${run} has ended already (${outcome.status}); there is nothing to cancel.`
          : `The run ${run} came to its end before it could be cancelled (${outcome.status}).`;
    writeFolded(`${text}\n`);
  });
}
