import type { ErrorRecord, RunState } from '../../state/run/run-state.ts';
import { proofOfRun } from '../proof/proof-of-run.ts';

/** Why a run whose work has to be checked is none that has done what it was for; undefined where all that was recognised was run and passed. */
export function unverified(state: RunState): ErrorRecord | undefined {
  const { outcome, sentences } = proofOfRun(state);
  if (outcome === 'passed') return undefined;
  const said = sentences.length === 0 ? 'nothing was recognised that could be run.' : sentences.join(' ');
  return outcome === 'failed'
    ? {
        code: 'verify.failed',
        message: `What the team wrote does not pass its checks: ${said}`,
        hint: `"multiagent retry ${state.run} <task>" does a task again; "multiagent refine ${state.run} '<what to change>'" has it changed.`,
      }
    : {
        code: 'verify.unchecked',
        message: `What the team wrote could not all be checked, and verify is required: ${said}`,
        hint: '"multiagent doctor" says what sandbox this machine has. --verify auto runs what it can and says what it could not.',
      };
}
