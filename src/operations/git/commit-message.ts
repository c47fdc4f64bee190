import { proofOfRun } from '../../orchestrator/proof/proof-of-run.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { changeOfRun, requirementTitle } from '../../state/run/run-title.ts';
import { printableLine } from '../../utils/printable.ts';

/** Programs that show commits cut longer first lines. */
const longestTitle = 72;

/** The message of a commit of a run's files: what was asked for, which run it was, what its steps were, and what its checks say. */
export function commitMessage(state: RunState): string {
  const title = requirementTitle(changeOfRun(state) ?? state.input.requirement, longestTitle);
  const model = state.laterModels.at(-1) ?? state.model;
  const steps = [...state.tasks.values()].filter(({ parent }) => parent === undefined).map(({ task, status }) => `${task} (${status})`);
  const { sentences } = proofOfRun(state);
  return [
    title,
    '',
    `Written by multiagent, run ${state.run} (${state.workflow.replaceAll('_', ' ')}), with the model ${model.name}.`,
    ...(steps.length === 0 ? [] : ['', `Steps: ${steps.slice(0, mostSteps).join(', ')}${steps.length > mostSteps ? ' and more' : ''}.`]),
    ...(sentences.length === 0 ? [] : ['', ...sentences.slice(0, mostSentences)]),
    '',
  ]
    .map(printableLine)
    .join('\n');
}

const mostSteps = 20;
const mostSentences = 10;
