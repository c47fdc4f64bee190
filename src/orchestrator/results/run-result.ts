import { changedNothing } from '../../state/run/ended-tasks.ts';
import { artifactsOf, refusalsOf } from '../../state/run/records-of-task.ts';
import type { CheckRecord, RunState, TaskRecord, RemovalRecord } from '../../state/run/run-state.ts';
import { timeWorked, usageOfRun, usageOfTask } from '../../state/run/usage-of-run.ts';
import { removedFiles } from '../artifacts/standing-files.ts';
import type { Usage } from '../../events/usage.ts';
import { changedSince } from '../checks/changed-since.ts';
import { type Proof, proofOfRun } from '../proof/proof-of-run.ts';
import { proofOfExamples } from '../examples/proof-of-examples.ts';
import type { SeenFile } from '../checks/seen-files.ts';
import { serversOfTask } from './servers-of-task.ts';
import { runLedger, type LedgerEntry, type RunLedger } from './run-ledger.ts';

/** One file of a run, as it stands on disk; `path` is relative to the run's folder. */
export interface ResultFile {
  path: string;
  bytes: number;
  sha256: string;
  /** What the syntax check found; null where the file was not checked. `found` counts what `findings` may hold only the first of. */
  check: { language: string; findings: { line: number; column: number; message: string }[]; found: number } | null;
}

/** What came of one task. */
export interface TaskResult {
  task_id: string;
  description: string;
  agent_role: string;
  context: Record<string, unknown>;
  dependencies: string[];
  status: TaskRecord['status'];
  created_at: string;
  completed_at: string | null;
  /** Seconds from the first attempt's start to the end. */
  duration: number | null;
  /** How many have begun. */
  attempts: number;
  /** Why it failed or was skipped. */
  error: string | null;
  /** Null where it never began. */
  result: {
    status: TaskRecord['status'];
    agent_role: string;
    /** Without those that are gone. */
    files_created: ResultFile[];
    /** What the task deleted; `moved_to`: where it stands now, null where it is gone. */
    files_removed: { path: string; moved_to: string | null }[];
    /** It was completed, and every file is as it was before. */
    changed_nothing: boolean;
    /** `kept_as`: the file under `rejected/<workflow_id>/` of the output folder that holds the text. */
    files_refused: { name: string; code: string | null; reason: string; kept_as: string | null }[];
    usage: Usage;
    /** The model that it asked, as the settings call it; null where the run has one. */
    model: string | null;
    /** Where there are several model servers: the addresses of those that wrote for the task, in order; empty with one. */
    servers: string[];
    /** Null where the task asked a model nothing. */
    ledger: LedgerEntry | null;
  } | null;
}

/** What a command said, and of what: one that ran by itself to check the work of the team, that of a step, or a person's own after the run. */
export interface CheckResult {
  command: string;
  /** The task that it belongs to; null: a person's own. */
  step: string | null;
  /** Of repairs of that task; 0: none came before it. */
  round: number;
  /** What kind of check it is; null for a command of a person's or a step that is no check of the team's work by itself. */
  kind: 'syntax' | 'types' | 'build' | 'tests' | 'command' | null;
  /** Only `passed`, `failed` and `timed_out` say something of the files; null as for `kind`. */
  verdict: NonNullable<CheckRecord['verification']>['verdict'] | null;
  /** The first failure, the name of what is missing, or why it was not run. */
  why: string | null;
  /** Of the tests, where they were counted. */
  passed: number | null;
  failed: number | null;
  skipped: number | null;
  /** Failures first; of very many the first. Null where their names are not known. */
  tests: { name: string; outcome: 'passed' | 'failed' | 'skipped'; message?: string | undefined }[] | null;
  /** The contrary of `stale`. */
  fresh: boolean;
  outcome: CheckRecord['outcome'];
  exit_code: number | null;
  /** Seconds. */
  duration: number;
  output: string;
  /** The files of the run as they lay there when it began, `sha256` null: not there; null where an earlier program ran it, which did not look. */
  files: { path: string; sha256: string | null }[] | null;
  /** It does not speak for the files as they are now, because those of `changed_since` are not what it saw. */
  stale: boolean;
  changed_since: string[];
  /** What it ran in; `off`: nothing. Null for those of earlier programs, which had none. */
  sandbox: CheckRecord['sandbox'] | null;
  network: CheckRecord['network'] | null;
  /** Which bound it was ended for, besides time. */
  exceeded: CheckRecord['exceeded'] | null;
  /** How many of the files it changed or removed, in its copy. */
  changed_files: number;
}

/** What `output/workflow_<type>_<run id>.json` holds. Names and times (ISO 8601, UTC) as users of the Python system know them. */
export interface WorkflowResult {
  workflow_id: string;
  workflow_type: string;
  requirement: string;
  status: RunState['status'];
  /** What a run with the status `waiting` waits for: the earliest time (ISO 8601), if any, and the names of signals; otherwise null. */
  waits_for: { until: string | null; signals: string[] } | null;
  /** True only when every task was completed. */
  workflow_completed: boolean;
  total_tasks: number;
  started_at: string;
  completed_at: string | null;
  /** Seconds, without the time in which the run stood still. */
  duration: number | null;
  workflow_definition: unknown[];
  tasks: Record<string, TaskResult>;
  model: RunState['model'];
  /** Where there were several: each by its name in the settings; null: there was one. */
  models: NonNullable<RunState['models']> | null;
  /** What a run that was resumed or retried went on with, each time that it was another model or server. */
  later_models: RunState['laterModels'];
  transcript: RunState['transcript'];
  /** Tokens of the whole run. Unknown counts are absent. */
  usage: Usage;
  /** The same by run and role, beside what would have been the least; by task it stands with the tasks. */
  ledger: Omit<RunLedger, 'tasks'>;
  cuts: { epoch: number; reason: string; tasks: string[] }[];
  collisions: { path: string; task: string; earlier_task: string }[];
  /** Commands that were run on the files, in order. */
  checks: CheckResult[];
  /** What checks and examples say of the files as they are now. */
  verification: VerificationResult;
  /** What the requirement's own examples say of the programs; null: none was tried. */
  examples: ExamplesResult | null;
  error: string | null;
}

/** A run that is `completed` may still hold tests that fail: here programs see it. */
export interface VerificationResult {
  /** `passed`: all that was recognised was run and passed. `failed`: something fails. `unchecked`: nothing was run, or not all could be; nothing is claimed. */
  outcome: Proof['outcome'];
  /** As people are told it: of the examples, of each check, and of counted tests together. */
  sentences: string[];
}

/** Examples that the requirement shows, as they were tried last. */
export interface ExamplesResult {
  /** How many hold, of how many that were run, and how many could not be run here. */
  held: number;
  run: number;
  not_run: number;
  /** Whether the programs are still those that were tried. */
  fresh: boolean;
  /** What they ran in; `off`: nothing. Null where none ran. */
  sandbox: string | null;
  /** `quote`: the words of the requirement. `why`: what was seen instead, or why it was not run. */
  examples: { quote: string; outcome: 'holds' | 'fails' | 'not_run'; why: string | null }[];
}

/**
 * A run's result, from nothing but its state: it can be written again at any time.
 * @param now What lies in the folder of the run, for whoever has looked; default: what the journal knows of it.
 */
export function runResult(state: RunState, now?: readonly SeenFile[]): WorkflowResult {
  const steps = state.definition['steps'];
  const { tasks: ledgers, ...ledger } = runLedger(state);
  const { outcome, sentences } = proofOfRun(state, now);
  return {
    workflow_id: state.run,
    workflow_type: state.workflow,
    requirement: state.input.requirement,
    status: state.status,
    waits_for: waitsFor(state),
    workflow_completed: state.status === 'completed',
    total_tasks: state.tasks.size,
    started_at: iso(state.startedAt),
    completed_at: state.finishedAt === undefined ? null : iso(state.finishedAt),
    duration: state.finishedAt === undefined ? null : timeWorked(state, state.finishedAt) / 1000,
    workflow_definition: Array.isArray(steps) ? steps : [],
    tasks: Object.fromEntries([...state.tasks.values()].map((task) => [task.task, taskResult(state, task, ledgers[task.task])])),
    model: state.model,
    models: state.models ?? null,
    later_models: state.laterModels,
    transcript: state.transcript,
    usage: usageOfRun(state),
    ledger,
    cuts: state.epoch.cuts.map(({ epoch, reason, cuts }) => ({ epoch, reason, tasks: cuts.map(({ task }) => task) })),
    collisions: state.collisions.map(({ path, task, earlier }) => ({ path, task, earlier_task: earlier.task })),
    checks: state.checks.map((check) => checkResult(state, check, changedSince(state, check, now))),
    verification: { outcome, sentences },
    examples: examplesResult(state),
    error: state.error?.message ?? null,
  };
}

/** How many repairs of the task a check came after. */
function repairsBefore({ tasks }: RunState, { task, time }: CheckRecord): number {
  const repairs = [...tasks.values()].filter(({ parent, kind }) => task !== undefined && parent === task && kind === 'repair');
  return repairs.filter(({ completedAt }) => completedAt !== undefined && completedAt <= time).length;
}

function examplesResult(state: RunState): ExamplesResult | null {
  const proof = proofOfExamples(state);
  if (proof === undefined) return null;
  const { held, run, notRun, fresh, sandbox = null } = proof;
  const examples = proof.examples.map(({ quote, outcome, why = null }) => ({ quote, outcome, why }));
  return { held, run, not_run: notRun, fresh, sandbox, examples };
}

function waitsFor({ waiting }: RunState): WorkflowResult['waits_for'] {
  if (waiting === undefined) return null;
  return { until: waiting.until === undefined ? null : iso(waiting.until), signals: waiting.signals };
}

function checkResult(state: RunState, check: CheckRecord, changed: string[]): CheckResult {
  const { command, outcome, exitCode, durationMilliseconds, output, files, sandbox, network, exceeded, changedFiles, verification } = check;
  return {
    command,
    step: check.task ?? null,
    round: repairsBefore(state, check),
    kind: verification?.kind ?? null,
    verdict: verification?.verdict ?? null,
    why: verification?.why ?? null,
    ...(verification?.counts ?? { passed: null, failed: null, skipped: null }),
    tests: verification?.tests ?? null,
    fresh: changed.length === 0,
    outcome,
    exit_code: exitCode ?? null,
    duration: durationMilliseconds / 1000,
    output,
    files: files?.map(({ path, sha256 = null }) => ({ path, sha256 })) ?? null,
    stale: changed.length > 0,
    changed_since: changed,
    sandbox: sandbox ?? null,
    network: network ?? null,
    exceeded: exceeded ?? null,
    changed_files: changedFiles ?? 0,
  };
}

function taskResult(state: RunState, task: TaskRecord, ledger: LedgerEntry | undefined): TaskResult {
  const { completedAt } = task;
  const started = task.startedAt !== undefined;
  return {
    task_id: task.task,
    description: task.description,
    agent_role: task.role,
    context: state.context,
    dependencies: task.dependencies,
    status: task.status,
    created_at: iso(task.createdAt),
    completed_at: completedAt === undefined ? null : iso(completedAt),
    duration: started && completedAt !== undefined ? timeWorked(task, completedAt) / 1000 : null,
    attempts: task.attempts,
    error: task.error?.message ?? (task.skipped ? `Skipped, because ${task.skipped.because} did not complete.` : null),
    result: started
      ? {
          status: task.status,
          agent_role: task.role,
          files_created: filesOfTask(state, task.task),
          files_removed: removalsOfTask(state, task.task).map(({ path, movedTo = null }) => ({ path, moved_to: movedTo })),
          changed_nothing: changedNothing(state, task),
          files_refused: refusalsOf(state, task.task).map(({ name, code = null, reason, keptAs = null }) => ({
            name,
            code,
            reason,
            kept_as: keptAs,
          })),
          usage: usageOfTask(task),
          model: task.askedModel ?? null,
          servers: serversOfTask(task),
          ledger: ledger ?? null,
        }
      : null,
  };
}

/** What a task deleted or moved, without what was undone. */
export function removalsOfTask(state: RunState, task: string): RemovalRecord[] {
  return state.removals.filter((removal) => removal.task === task && removal.undone === undefined);
}

/** The last version that this task wrote of each of its files, in the order of writing, without what was undone or is gone. */
export function filesOfTask(state: RunState, task: string): ResultFile[] {
  const files = new Map<string, ResultFile>();
  const gone = new Set(removedFiles(state).map(({ path }) => path));
  for (const { path, bytes, sha256, check = null, undone } of artifactsOf(state, task)) {
    if (undone === undefined && !gone.has(path)) files.set(path, { path, bytes, sha256, check });
  }
  return [...files.values()];
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
