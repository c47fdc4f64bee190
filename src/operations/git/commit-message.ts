import type { RunState } from '../../state/run/run-state.ts';
import { printableLine } from '../../utils/printable.ts';
import { changeOfRun, requirementTitle } from '../../state/run/run-title.ts';

/** Longer first lines are cut off by what shows them. */
const longestTitle = 72;

/** What a commit of a run's files says: what was asked for, then which run it was. */
export function commitMessage(state: RunState): string {
  const title = requirementTitle(changeOfRun(state) ?? state.input.requirement, longestTitle);
  const model = state.laterModels.at(-1) ?? state.model;
  return [
    printableLine(title),
    '',
    printableLine(`Written by multiagent, run ${state.run} (${state.workflow.replaceAll('_', ' ')}), with the model ${model.name}.`),
    '',
  ].join('\n');
}
