import type { RoleCatalogue } from '../../agents/role-catalogue.ts';
import { usersOfFollowUp, type UsersOfRunOptions, usersOfTasks } from '../models/users-of-tasks.ts';
import type { ModelUser } from '../run-context.ts';
import { runStream } from '../../events/run-stream.ts';
import { type EventStore, LeaseHeldError } from '../../state/store/event-store.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { isOwned } from '../../state/run/shown-run-status.ts';
import { createRunId } from '../../utils/run-id.ts';
import { runResult, type WorkflowResult } from '../results/run-result.ts';
import { nextDigest, type NextTurn, nextTurn } from './next-turn.ts';
import { haveResults } from '../results/write-results.ts';
import type { DigestAskedBy } from '../session/session-workflow.ts';
import type { StepKindRegistry } from '../step-kinds/step-kind-registry.ts';
import type { Workflow } from '../workflow.ts';
import { openQuestions } from '../decisions/open-questions.ts';
import { isUnfinished } from './cut-off-tasks.ts';
import { executeRun } from './execute-run.ts';
import { type FollowUp, type RefineOptions, refineRun, rerunFrom } from './follow-up.ts';
import { stillRests } from './rest-of-run.ts';
import { requireUnderstood } from './require-understood.ts';
import { resumeRun } from './resume-run.ts';
import { runComplete } from './run-complete.ts';
import type { RunEnvironment } from '../run-environment.ts';
import type { RunFolders } from '../journal/run-folders.ts';
import { tasksToRetry } from './tasks-to-retry.ts';

/** How an earlier run is followed up: it continues itself, or a new run builds on it. */
export type FollowUpHow =
  | { type: 'resume' }
  /** `task`: this task, instead of those that failed. */
  | { type: 'retry'; task?: string | undefined }
  /** `from`: the first task to repeat. */
  | { type: 'rerun'; from: string }
  | ({ type: 'refine' } & RefineOptions)
  | ({ type: 'turn' } & NextTurn)
  /** Of a session: what was said until now, in short, for what comes next. */
  | { type: 'digest'; askedBy: DigestAskedBy };

/** A run that can continue, if the model server is reachable. */
export interface PreparedRun {
  /** The run that continues, or the new one. */
  id: string;
  /** What the journal knows of the earlier run. */
  state: RunState;
  /** To be called once. @throws the error that keeps it from beginning. */
  execute: () => Promise<WorkflowResult>;
}

export interface PlanFollowUpOptions {
  store: EventStore;
  kinds: StepKindRegistry;
  roles: RoleCatalogue;
  workflowNamed: UsersOfRunOptions['workflowNamed'];
  state: RunState;
  folders: RunFolders;
  how: FollowUpHow;
  /** Settings that differ from those of the start, for the record. */
  overrides: Record<string, unknown>;
  /** Milliseconds since 1970. */
  now: number;
  whileWaiting: RunEnvironment['whileWaiting'];
  person: RunEnvironment['person'];
}

export type PlannedFollowUp =
  | {
      type: 'execute';
      id: string;
      /** Of a new run. */
      workflow?: Workflow | undefined;
      /** Who will ask a model. */
      users: ModelUser[];
      execute: (environment: RunEnvironment) => Promise<WorkflowResult>;
    }
  /** The run would only wait again; finding that out needs no model server. */
  | { type: 'nothing'; result: WorkflowResult };

/**
 * Plans how to follow up a run, from its journal.
 * @throws MultiagentError `run.complete`, `run.nothing_failed`, `run.unknown_task`, `run.task_left_behind`, `run.not_finished`; LeaseHeldError while another process works on it.
 */
export async function planFollowUp(options: PlanFollowUpOptions): Promise<PlannedFollowUp> {
  const { store, kinds, roles, state, folders, how, overrides, now, whileWaiting, person } = options;
  const { run } = state;
  requireUnderstood(state, kinds);
  if (how.type === 'rerun' || how.type === 'refine' || how.type === 'turn' || how.type === 'digest') {
    const id = createRunId(now);
    // What is being said there now belongs to what comes next.
    if (how.type === 'turn' || how.type === 'digest') await requireFree(store, run, now);
    const followUp = buildOn(state, how, { run: id, kinds, roles });
    const users = how.type === 'rerun' ? usersOfTasks(state, 'all', options) : usersOfFollowUp(followUp, options);
    return {
      type: 'execute',
      id,
      workflow: followUp.workflow,
      users,
      execute: (environment) => executeRun({ environment, ...followUp, run: id }),
    };
  }
  await requireFree(store, run, now);
  if (how.type === 'retry') tasksToRetry(state, how.task, kinds);
  else await requireUnfinished(state, folders);
  const isAsked = person !== undefined && openQuestions(state).length > 0;
  if (how.type === 'resume' && whileWaiting === 'rest' && !isAsked && (await stillRests(store, state, now))) {
    return { type: 'nothing', result: runResult(state) };
  }
  const users = usersOfTasks(state, how.type === 'retry' && how.task !== undefined ? 'all' : 'unfinished', options);
  return { type: 'execute', id: run, users, execute: (environment) => resumeRun({ environment, run, how, overrides }) };
}

/** @throws LeaseHeldError */
async function requireFree(store: EventStore, run: string, now: number): Promise<void> {
  const lease = await store.readLease(runStream(run));
  if (isOwned(lease, now)) throw new LeaseHeldError(lease);
}

function buildOn(
  state: RunState,
  how: Exclude<FollowUpHow, { type: 'resume' | 'retry' }>,
  { run, kinds, roles }: Pick<PlanFollowUpOptions, 'kinds' | 'roles'> & { run: string },
): FollowUp {
  if (how.type === 'rerun') return rerunFrom(state, how.from, kinds.declarations);
  if (how.type === 'refine') return refineRun(state, how, { kinds: kinds.declarations, roles });
  if (how.type === 'digest') return nextDigest(state, { askedBy: how.askedBy, run, roles });
  return nextTurn(state, how, { run, roles });
}

/** @throws MultiagentError `run.complete` for a run of which nothing was cut off, also no results. */
async function requireUnfinished(state: RunState, folders: RunFolders): Promise<void> {
  if (state.status === 'running' || isUnfinished([...state.tasks.values()])) return;
  if (await haveResults(state, folders)) throw runComplete(state);
}
