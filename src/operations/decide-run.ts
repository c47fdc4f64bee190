import { runStream } from '../events/run-stream.ts';
import { nothingAsked, runHasEnded, severalAsked } from '../orchestrator/decisions/decision-errors.ts';
import type { PersonDecision } from '../orchestrator/decisions/judge-decision.ts';
import { hasEnded, type OpenQuestion, openQuestions } from '../orchestrator/decisions/open-questions.ts';
import { recordDecision } from '../orchestrator/decisions/record-decision.ts';
import { folderOf } from '../orchestrator/journal/run-folders.ts';
import { RunJournal } from '../orchestrator/journal/run-journal.ts';
import { requireTrust } from '../orchestrator/run/foreign-run.ts';
import { foldersOfRun } from '../orchestrator/run/folders-of-run.ts';
import { type DecisionRecord, foldRun, type RunState } from '../state/run/run-state.ts';
import { processIdentity } from '../utils/process-identity.ts';
import { systemClock } from '../utils/clock.ts';
import { standingRun, type StandingRun } from './show-run.ts';
import { taskOfRun } from './task-of-run.ts';
import type { Workspace } from './workspace.ts';
import { projectOnDisk } from '../orchestrator/project-folder.ts';

/** What a decision is about, and whose it is. */
export interface DecideRunOptions {
  /** The step that asks. Default: the only one that does. */
  task?: string | undefined;
  /** Who decides, by name. Default: `person`, also for the name `timeout`, which stands for nobody. */
  by?: string | undefined;
  /** Allows this for a run that was not started here. */
  trust?: boolean | undefined;
}

/** A decision that is recorded, and how the run stood right after it. */
export interface DecidedRun extends StandingRun {
  task: string;
  decided: DecisionRecord;
}

/**
 * Records what a person decides about a step that waits for it. Whoever works on the run hears of it; where nobody does, the run goes on when it is resumed. The
 * first decision counts, whichever process it comes from. If what was shown no longer stands, nothing is decided and the question is asked anew.
 * @throws MultiagentError `run.not_found`, `run.unknown_task`, `run.foreign`, `decision.nothing_asked`, `decision.which_step`, `decision.run_ended`, `decision.made`,
 * `decision.not_waiting`, `decision.wrong_kind`, `decision.wrong_answer`, `decision.no_comment`, `decision.not_shown`,
 * `decision.two_versions`, `decision.no_file`, `decision.stale`.
 * @example
 * const { decided } = await decideRun(orchestrator, waitingRun, { decision: 'approved' }, { by: 'release-bot' });
 * console.log(decided.decision, decided.by); // approved release-bot
 * const { result } = await resumeRun(orchestrator, waitingRun);
 * console.log((await result).status); // completed
 */
export async function decideRun(
  workspace: Workspace,
  run: string,
  decision: PersonDecision,
  { task, by = 'person', trust }: DecideRunOptions = {},
): Promise<DecidedRun> {
  const { store, clock = systemClock } = workspace;
  const { state } = await standingRun(workspace, run);
  await requireTrust(state, workspace.ownRuns, trust);
  const name = task === undefined ? onlyQuestion(state).task.task : taskOfRun(state, task).task;
  const disk = folderOf(await foldersOfRun(state, workspace), 'generated');
  // Where this process works on the run, its own journal tells of the decision, also if it was too slow to keep its lease.
  const owner = (await store.readLease(runStream(run)))?.owner;
  const onEvent = owner?.host === processIdentity.host && owner.pid === processIdentity.pid ? undefined : workspace.onEvent;
  const journal = new RunJournal({ store, run, clock, onEvent, state, besides: 'anybody' });
  const project = projectOnDisk(workspace.workspace, state.input);
  const decided = await recordDecision({ store, journal, task: name, decision, by, disk, project });
  return { ...(await standingAfter(workspace, run)), task: name, decided };
}

/** So long an owner may take to let a run go after it has recorded that it rests; milliseconds. */
const lettingGo = 5_000;
const lookEvery = 50;

/** An owner that has recorded that the run rests does not continue with it: whoever asks whether somebody works on it is not to take it for one that does. */
async function standingAfter(workspace: Workspace, run: string): Promise<StandingRun> {
  const { clock = systemClock } = workspace;
  const until = clock.now() + lettingGo;
  for (;;) {
    const standing = await standingRun(workspace, run);
    if (standing.owner === undefined || standing.state.status !== 'waiting' || clock.now() >= until) return standing;
    await clock.sleep(lookEvery);
  }
}

/**
 * What people are asked in a run now, in step order. @throws MultiagentError `run.not_found`.
 * @example
 * for (const { task, question } of await questionsOfRun(orchestrator, waitingRun)) {
 *   console.log(`${task.task}: ${question.ask}`); // release: May this go out?
 * }
 */
export async function questionsOfRun({ store }: Pick<Workspace, 'store'>, run: string): Promise<OpenQuestion[]> {
  return openQuestions(await foldRun(store.read(runStream(run))));
}

/** @throws MultiagentError `decision.nothing_asked`, `decision.which_step`, `decision.run_ended`. */
export function onlyQuestion(state: RunState): OpenQuestion {
  if (hasEnded(state.status)) throw runHasEnded(state);
  const [only, ...others] = openQuestions(state);
  if (only === undefined) throw nothingAsked(state);
  if (others.length > 0)
    throw severalAsked(
      state,
      [only, ...others].map(({ task }) => task.task),
    );
  return only;
}
