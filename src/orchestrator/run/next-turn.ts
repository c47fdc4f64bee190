import type { RoleCatalogue } from '../../agents/role-catalogue.ts';
import { isRunId } from '../../utils/run-id.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { stepsOf, workflowOf, type FollowUp } from './follow-up.ts';
import type { WorkflowStep } from '../../workflows/workflow-schema.ts';
import { digestStep } from '../session/digest-step.ts';
import { pinsOf } from '../session/pins-of.ts';
import { type DigestAskedBy, sessionDefinition, type TurnToTake, turnStep, turnTaskType } from '../session/session-workflow.ts';
import { shownOfSession } from '../session/shown-of-session.ts';

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
  { run, roles }: { run: string; roles: Pick<RoleCatalogue, 'whoDoes' | 'toolsOf'> },
): FollowUp {
  const done = standingTurns(state);
  const number = done.filter(({ taskType }) => taskType === turnTaskType).length + 1;
  const step = turnStep(number, turn, roles, []);
  return onTop(state, done, { step, message: turn.message, session: session === 'same' ? (sessionIn(state) ?? run) : run });
}

/**
 * A step on top of a run of a session, that writes what stands for all that was said there: for those that come after it, which see no more of it.
 * @throws MultiagentError `session.nothing_to_shorten`.
 */
export function nextDigest(
  state: RunState,
  { askedBy, run, roles }: { askedBy: DigestAskedBy; run: string; roles: Pick<RoleCatalogue, 'whoDoes'> },
): FollowUp {
  const done = standingTurns(state);
  const step = digestStep(state, done, { shown: shownOfSession(done), roles });
  const newest = done.findLast(({ taskType }) => taskType === turnTaskType)?.description ?? '';
  return onTop(state, done, { step, message: newest, session: sessionIn(state) ?? run, digest: askedBy });
}

function onTop(
  state: RunState,
  done: TaskRecord[],
  { step, message, session, digest }: { step: WorkflowStep; message: string; session: string; digest?: DigestAskedBy },
): FollowUp {
  const steps = stepsOf(done);
  const shown = shownOfSession(done)?.map(({ task }) => task);
  const pins = pinsOf(state);
  const { pins: _, digest: __, ...context } = state.context;
  const last = { ...step, depends_on: steps.map(({ id }) => id), ...(shown === undefined ? {} : { context: shown }) };
  return {
    workflow: {
      ...workflowOf(state),
      context: { ...context, session, ...(pins.length === 0 ? {} : { pins }), ...(digest === undefined ? {} : { digest }) },
      definition: sessionDefinition({ message }, [...steps, last]),
    },
    inherited: { how: 'refine', state, tasks: done },
  };
}

function sessionIn({ context: { session } }: RunState): string | undefined {
  return typeof session === 'string' && isRunId(session) ? session : undefined;
}

/** What is done, but for what a person took back. */
function standingTurns(state: RunState): TaskRecord[] {
  return [...state.tasks.values()].filter((task) => task.status === 'completed' && task.takenBack === undefined && !isUndone(state, task));
}

/** A turn that wrote files, of which none stands any more because a person took them back. */
function isUndone({ artifacts, removals }: RunState, { task, taskType }: TaskRecord): boolean {
  const written = [...artifacts, ...removals].filter((version) => version.task === task);
  return taskType === turnTaskType && written.length > 0 && written.every(({ undone }) => undone !== undefined);
}
