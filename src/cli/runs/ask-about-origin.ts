import process from 'node:process';
import type { Workspace } from '../../operations/workspace.ts';
import { foreignRun } from '../../orchestrator/run/foreign-run.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { requirementTitle } from '../../state/run/run-title.ts';
import { confirm } from './confirm.ts';

export interface AskAboutOriginOptions extends Pick<Workspace, 'ownRuns'> {
  state: RunState;
  /** The answer, given in advance. */
  trust?: boolean | undefined;
}

/**
 * Asks before something is done with a run that was started elsewhere. The operation that is then told to trust it records that, so that each run is asked about once.
 * @throws MultiagentError `run.foreign` if there is no terminal to ask in.
 */
export async function askAboutOrigin({ state, ownRuns, trust }: AskAboutOriginOptions): Promise<'yes' | 'no' | 'stopped'> {
  if (trust || ((await ownRuns?.originOf(state)) ?? 'trusted') !== 'foreign') return 'yes';
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw foreignRun(state);
  const what = `"${requirementTitle(state.input.requirement, 60)}", of ${state.model.address}`;
  return confirm(`The run ${state.run} (${what}) was not started here by you: it came with the folder. Continue anyway?`, '--trust');
}
