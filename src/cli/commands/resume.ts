import { listRuns } from '../../state/run/list-runs.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { ExitCode } from '../exit-code.ts';
import type { RunOptions } from '../run-options.ts';
import { findRun } from '../runs/find-run.ts';
import { followUpRun } from '../follow-up-run.ts';
import { requireUnfinished } from '../runs/require-unfinished.ts';

/** `multiagent resume [run]` */
export async function resume(reference: string | undefined, options: RunOptions): Promise<ExitCode> {
  return followUpRun({
    options,
    as: 'same',
    async choose(journal) {
      const { store } = journal;
      const run = reference === undefined ? await lastInterrupted(store) : await findRun(store, reference);
      await requireUnfinished(journal, run);
      return run;
    },
    work: ({ orchestrator, signal }, run, overrides) => orchestrator.resumeRun(run, { signal, overrides, trust: true }),
  });
}

async function lastInterrupted(store: EventStore): Promise<string> {
  const [last] = await listRuns(store, { status: 'interrupted', limit: 1 });
  if (last !== undefined) return last.run;
  throw new MultiagentError({
    category: 'usage',
    code: 'run.not_found',
    message: 'No run of this workspace was interrupted.',
    hint: '"multiagent runs" lists the runs; --workspace names another project.',
  });
}
