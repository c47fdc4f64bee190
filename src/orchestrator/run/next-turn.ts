import type { RoleCatalogue } from '../../agents/role-catalogue.ts';
import { isRunId } from '../../utils/run-id.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { stepsOf, workflowOf, type FollowUp } from './follow-up.ts';
import { sessionDefinition, type TurnToTake, turnStep, turnTaskType } from '../session/session-workflow.ts';

export interface NextTurn extends TurnToTake {
  /** `same`: it continues the session of the run. `new`: a session of its own begins with it, on top of what the run has. */
  session: 'same' | 'new';
}

/**
 * The next turn on top of a run, of a session or of any workflow: it inherits all that is completed there, so that the model reads only the new message. A turn that was
 * undone is left out, with what it said.
 */
export function nextTurn(
  state: RunState,
  { session, ...turn }: NextTurn,
  { run, roles }: { run: string; roles: Pick<RoleCatalogue, 'whoDoes'> },
): FollowUp {
  const done = [...state.tasks.values()].filter(
    (task) => task.status === 'completed' && task.takenBack === undefined && !isUndone(state, task),
  );
  const steps = stepsOf(done);
  const number = done.filter(({ taskType }) => taskType === turnTaskType).length + 1;
  const step = turnStep(
    number,
    turn,
    roles,
    steps.map(({ id }) => id),
  );
  const known = state.context['session'];
  return {
    workflow: {
      ...workflowOf(state),
      context: { ...state.context, session: session === 'same' && typeof known === 'string' && isRunId(known) ? known : run },
      definition: sessionDefinition(turn, [...steps, step]),
    },
    inherited: { how: 'refine', state, tasks: done },
  };
}

/** A turn that wrote files, of which none stands any more because a person took them back. */
function isUndone({ artifacts, removals }: RunState, { task, taskType }: TaskRecord): boolean {
  const written = [...artifacts, ...removals].filter((version) => version.task === task);
  return taskType === turnTaskType && written.length > 0 && written.every(({ undone }) => undone !== undefined);
}
