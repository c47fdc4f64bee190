import { runStream } from '../../events/run-stream.ts';
import type { JournalEvent } from '../../events/run-stream-events.ts';
import { type WorkflowResult, runResult } from '../../orchestrator/results/run-result.ts';
import { routingSentences } from '../../orchestrator/routing/routing-sentences.ts';
import { parallelSentence } from '../../orchestrator/scheduling/parallel-sentence.ts';
import { privateWholes } from '../../state/run/private-wholes.ts';
import type { RunState, RunStatus } from '../../state/run/run-state.ts';
import { showRun } from '../show-run.ts';
import type { Workspace } from '../workspace.ts';
import { type ReportedFile, reportedFiles } from './reported-file.ts';
import { type ReportedSteering, steeringOf } from './reported-steering.ts';
import { type ReportedStep, reportedStep } from './reported-step.ts';
import { type ReportedWork, reportedWork } from './reported-work.ts';
import { type Pause, WorkedTime } from './worked-time.ts';

/** Everything that a page about a run tells, as data. Texts are as models, servers and files have them: not safe to show. */
export interface RunReport {
  /** As `show --json` has it: outcome, proof, ledger, egress, cost. Checks are judged by the files as they lie there now. */
  result: WorkflowResult;
  /** The status now. */
  status: RunStatus;
  /** Of the workflow. */
  title: string;
  /** Of this program when the run began. */
  version: string;
  /** The run that it builds on; null: none. */
  buildsOn: { run: string; how: 'rerun' | 'refine' } | null;
  /** How many steps worked at once, which turns they saw, and how the model was chosen; sentences. */
  notes: string[];
  /** Seconds that the run has worked up to its latest event, without pauses. */
  seconds: number;
  pauses: Pause[];
  /** In step order. */
  steps: ReportedStep[];
  /** Calls to models that told how fast they were, in the order of their ends. */
  speeds: ReportedSpeed[];
  files: ReportedFile[];
  work: ReportedWork[];
  /** What people said and changed meanwhile, oldest first. */
  steering: ReportedSteering[];
  /** What agents told each other, without what comes from private steps. `time`: milliseconds since 1970. */
  messages: { time: number; from: string; to: string | null; type: string; content: string }[];
  /** What stands out besides: texts that were shortened, files that were found changed, replies that collided; sentences. */
  notices: string[];
}

/** How fast one call was. */
export interface ReportedSpeed {
  task: string;
  /** Seconds since the run began, without pauses. */
  at: number;
  /** Tokens a second of reading the prompt and of writing the reply; null: not told. */
  reading: number | null;
  writing: number | null;
}

/**
 * What a page about a run tells. The same journal and the same files give the same report.
 * @throws MultiagentError `run.not_found`.
 * @example
 * const { title, steps, result } = await reportOfRun(orchestrator, run);
 * console.log(title, steps.length, result.status); // Bug fix 4 completed
 */
export async function reportOfRun(workspace: Workspace, run: string): Promise<RunReport> {
  const { state, status, files: seen } = await showRun(workspace, run);
  const time = new WorkedTime();
  const speeds: ReportedSpeed[] = [];
  const steering: ReportedSteering[] = [];
  for await (const event of workspace.store.read(runStream(run))) {
    if (event.sequence > state.lastSequence) break;
    time.see(event);
    const steered = steeringOf(event);
    if (steered !== undefined) steering.push(steered);
    if (event.type === 'call.ended') speeds.push(...speedOf(state, event, time.now));
  }
  const spans = time.finish();
  const { title } = state.definition;
  return {
    result: runResult(state, seen),
    status,
    title: typeof title === 'string' && title.trim() !== '' ? title : state.workflow.replaceAll('_', ' '),
    version: state.productVersion,
    buildsOn: state.inherits === undefined ? null : { run: state.inherits.run, how: state.inherits.how },
    notes: [...(state.routed === undefined ? [] : routingSentences(state.routed)), parallelSentence(state)],
    seconds: time.now,
    pauses: time.pauses,
    steps: [...state.tasks.values()].map((task) => reportedStep(state, task, spans.get(task.task) ?? [])),
    speeds,
    files: await reportedFiles(state, workspace.store),
    work: await reportedWork(state, workspace.store),
    steering,
    messages: messagesOf(state),
    notices: noticesOf(state),
  };
}

function speedOf(
  state: RunState,
  { data: { activity, usage = {} } }: Extract<JournalEvent, { type: 'call.ended' }>,
  at: number,
): ReportedSpeed[] {
  const reading = rate(usage.readTokens, usage.promptMilliseconds);
  const writing = rate(usage.replyTokens, usage.replyMilliseconds);
  return reading === null && writing === null ? [] : [{ task: state.activities.get(activity)?.task ?? '', at, reading, writing }];
}

function rate(tokens: number | undefined, milliseconds: number | undefined): number | null {
  return tokens === undefined || !milliseconds ? null : (tokens / milliseconds) * 1000;
}

/** A message names its task where it comes from one. */
function messagesOf(state: RunState): RunReport['messages'] {
  return state.messages
    .filter(({ content }) => typeof content['task'] !== 'string' || privateWholes(state, content['task']).length === 0)
    .map(({ time, from, to, messageType, content }) => ({ time, from, to, type: messageType, content: JSON.stringify(content) }));
}

function noticesOf(state: RunState): string[] {
  return [
    ...state.mends.map(({ path, changes }) => `${path} was mended without a model: ${changes.join('; ')}.`),
    ...state.collisions.map(
      ({ path, task, earlier }) => `${path} was written by ${earlier.task} and differently by ${task}; both versions are in the journal.`,
    ),
    ...state.edits.map(({ path }) => `${path} was found changed when the run went on, and was left as it is.`),
    ...state.epoch.cuts.map(({ reason, cuts }) => `${reason} Shortened for all later steps: ${cuts.map(({ task }) => task).join(', ')}.`),
  ];
}
