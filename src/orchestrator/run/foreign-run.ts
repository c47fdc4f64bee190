import type { OwnRuns, RunOrigin } from '../../state/origin/own-runs.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { shownName } from '../../utils/printable.ts';

/** The error for continuing a run that was not started here. */
export function foreignRun({ run }: Pick<RunState, 'run'>): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'run.foreign',
    message: `The run ${shownName(run)} was not started here by you: its journal came with the folder, and whoever wrote it decided what is in it.`,
    hint: `Look at it first: multiagent show ${shownName(run)}. To continue anyway, add --trust to your command. Runs of earlier versions are not known, either.`,
  });
}

/**
 * Checks that a person may do something with a run: one that was not started here needs `trust`, which is then recorded.
 * @param ownRuns Undefined: nothing is known, and nothing is asked.
 * @returns what it is. @throws MultiagentError `run.foreign`.
 */
export async function requireTrust(state: RunState, ownRuns: OwnRuns | undefined, trust = false): Promise<RunOrigin> {
  const origin = (await ownRuns?.originOf(state)) ?? 'trusted';
  if (origin !== 'foreign') return origin;
  if (!trust) throw foreignRun(state);
  // If recording fails, the person is only asked again.
  await ownRuns?.keep(state, 'trusted').catch(() => undefined);
  return origin;
}
