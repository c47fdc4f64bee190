import { runStream } from '../events/run-stream.ts';
import { recordedSignal } from '../orchestrator/decisions/record-decision.ts';
import { type Report, RunJournal } from '../orchestrator/journal/run-journal.ts';
import { requireTrust } from '../orchestrator/run/foreign-run.ts';
import { systemClock } from '../utils/clock.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { printable } from '../utils/printable.ts';
import { processIdentity } from '../utils/process-identity.ts';
import { type StandingRun, standingRun } from './show-run.ts';
import type { Workspace } from './workspace.ts';

/** Who tells a run something. */
export interface SteerOptions {
  /** Who steers, by name. Default: `person`. */
  by?: string | undefined;
  /** Allows this for a run that was not started here. */
  trust?: boolean | undefined;
}

/** Characters. What is longer belongs into a file of the project, or into the requirement. */
export const longestRemark = 4000;

/**
 * Tells the team something while it works: every step that begins later reads it, behind all else that it is asked. Whoever works on the run hears of it.
 * @param text At most 4,000 characters.
 * @throws MultiagentError `run.not_found`, `run.foreign`, `steering.empty`, `steering.too_long`.
 * @example
 * const { status } = await sayToRun(orchestrator, waitingRun, 'Keep the tests short.', { by: 'Ada' });
 * console.log(status); // waiting
 */
export async function sayToRun(
  workspace: Workspace,
  run: string,
  text: string,
  { by = 'person', trust }: SteerOptions = {},
): Promise<StandingRun> {
  const said = printable(text).trim();
  if (said === '')
    throw refused('steering.empty', 'Nothing was said.', 'For example: multiagent say latest "Use SQLite, no other database."');
  if (said.length > longestRemark)
    throw refused(
      'steering.too_long',
      `That has ${said.length} characters; at most ${longestRemark} are told to each step.`,
      'Put it into a file of the project, and name that file here.',
    );
  return record(workspace, run, { report: { type: 'person.said', data: { text: said, by } }, trust });
}

/**
 * Has a run pause between steps: those under way are done to their end, no other begins, and the program that works on it ends as after Ctrl-C.
 * @returns how it stands; without an `owner` nobody works on it, and nothing was recorded.
 * @throws MultiagentError `run.not_found`, `run.foreign`.
 * @example
 * const { owner } = await pauseRun(orchestrator, waitingRun);
 * console.log(owner === undefined ? 'nobody works on it' : 'it pauses'); // nobody works on it
 */
export async function pauseRun(workspace: Workspace, run: string, { by = 'person', trust }: SteerOptions = {}): Promise<StandingRun> {
  const standing = await standingRun(workspace, run);
  if (standing.owner === undefined) return standing;
  return record(workspace, run, { report: { type: 'run.held', data: { by } }, trust });
}

interface Steering {
  report: Report;
  trust: boolean | undefined;
}

async function record(workspace: Workspace, run: string, { report, trust }: Steering): Promise<StandingRun> {
  const { store, clock = systemClock } = workspace;
  const { state, owner } = await standingRun(workspace, run);
  await requireTrust(state, workspace.ownRuns, trust);
  // Where this process works on the run, its own journal tells of it.
  const isOurs = owner?.host === processIdentity.host && owner.pid === processIdentity.pid;
  const journal = new RunJournal({ store, run, clock, onEvent: isOurs ? undefined : workspace.onEvent, state, besides: 'anybody' });
  await journal.append('person', [report]);
  await store.sendSignal({ stream: runStream(run), type: recordedSignal, from: 'person' });
  return standingRun(workspace, run);
}

function refused(code: string, message: string, hint: string): MultiagentError {
  return new MultiagentError({ category: 'usage', code, message, hint });
}
