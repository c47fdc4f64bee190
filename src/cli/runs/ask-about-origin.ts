import process from 'node:process';
import { foreignRun } from '../../orchestrator/run/foreign-run.ts';
import type { OwnRuns } from '../../state/origin/own-runs.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { confirm } from './confirm.ts';
import { requirementTitle } from './requirement-title.ts';

export interface AskAboutOriginOptions {
  state: RunState;
  ownRuns: OwnRuns;
  /** Said beforehand. */
  trust?: boolean | undefined;
}

/**
 * Asks before something is done with a run that was begun elsewhere, once for each run.
 * @throws MultiagentError `run.foreign` where there is no terminal to ask in.
 */
export async function askAboutOrigin({ state, ownRuns, trust }: AskAboutOriginOptions): Promise<'yes' | 'no' | 'stopped'> {
  if ((await ownRuns.originOf(state)) !== 'foreign') return 'yes';
  if (!trust) {
    if (!process.stdin.isTTY || !process.stdout.isTTY) throw foreignRun(state);
    const what = `"${requirementTitle(state.input.requirement, 60)}", of ${state.model.address}`;
    const answer = await confirm(
      `The run ${state.run} (${what}) was not begun here by you: it came with the folder. Go on with it?`,
      '--trust',
    );
    if (answer !== 'yes') return answer;
  }
  // That it cannot be kept only means to be asked again.
  await ownRuns.keep(state, 'trusted').catch(() => undefined);
  return 'yes';
}
