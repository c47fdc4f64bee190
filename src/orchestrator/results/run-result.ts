import type { RunState } from '../../state/run/run-state.ts';
import { timeWorked, usageOfRun } from '../../state/run/usage-of-run.ts';
import type { Usage } from '../../events/usage.ts';
import { changedSince } from '../checks/changed-since.ts';
import { type Proof, proofOfRun } from '../proof/proof-of-run.ts';
import { proofOfExamples } from '../trials/proof-of-examples.ts';
import type { SeenFile } from '../checks/seen-files.ts';
import { type CheckResult, checkResult } from './check-result.ts';
import { type CostResult, costResult } from './cost-result.ts';
import { type EgressResult, egressResult } from './egress-result.ts';
import { type AskedResult, askedResult } from './asked-result.ts';
import { keptBack } from './kept-back.ts';
import { openQuestions } from '../decisions/open-questions.ts';
import { fetchedPackages, type FetchedPackages } from './fetched-packages.ts';
import { outputsOfRun } from '../scope/outputs-of-run.ts';
import { waitsForBudget } from '../scheduling/waits-by-itself.ts';
import { runLedger, type RunLedger } from './run-ledger.ts';
import { type TaskResult, taskResult } from './task-result.ts';

/** What `output/workflow_<type>_<run id>.json` holds. Names and times (ISO 8601, UTC) as users of the Python system know them. */
export interface WorkflowResult {
  workflow_id: string;
  workflow_type: string;
  requirement: string;
  /** What it knew of the project when it began; null: only files that it was given. */
  project: ProjectResult | null;
  status: RunState['status'];
  /** What a run with the status `waiting` waits for: the earliest time (ISO 8601), if any, the names of signals, what people are to decide, and a larger budget (which tasks, and why); otherwise null. */
  waits_for: {
    until: string | null;
    signals: string[];
    decisions: AskedResult[];
    budget: { tasks: string[]; why: string } | null;
  } | null;
  /** True only when every task was completed. */
  workflow_completed: boolean;
  total_tasks: number;
  started_at: string;
  completed_at: string | null;
  /** Seconds, without the time in which the run stood still. */
  duration: number | null;
  workflow_definition: unknown[];
  tasks: Record<string, TaskResult>;
  /** What the workflow says that comes of it, by name; null: it says nothing, or the run was not completed. */
  outputs: Record<string, unknown> | null;
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
  /** Each time that a model stood in for another one; `task` null: from the start, because it could not be reached. */
  fallbacks: { task: string | null; from: string; to: string; why: string; at: 'connect' | 'step' | 'call' }[];
  /** What left this machine, by host, and whether it is proven that nothing did. */
  egress: EgressResult;
  /** Private tasks that failed because no model on this machine could be asked, and no other may be. */
  kept_back: string[];
  /** What it has cost in money; null: it asks only models that cost nothing. */
  cost: CostResult | null;
  cuts: { epoch: number; reason: string; tasks: string[] }[];
  collisions: { path: string; task: string; earlier_task: string }[];
  /** Commands that were run on the files, in order. */
  checks: CheckResult[];
  /** Packages that were fetched for checks, or were to be, in order. */
  packages: FetchedPackages[];
  /** What checks and examples say of the files as they are now. */
  verification: VerificationResult;
  /** What the requirement's own examples say of the programs; null: none was tried. */
  examples: ExamplesResult | null;
  error: string | null;
}

/** What a run knew of the project that was there. */
export interface ProjectResult {
  /** How many files there were. */
  files: number;
  /** The paths of those that were given whole. */
  whole: string[];
  /** The files whose conventions were given. */
  conventions: string[];
  /** About how much of each prompt that takes. */
  tokens: number;
  /** What was not read, and why; `examples` are some paths, of secrets all up to a hundred. */
  left_out: { reason: string; count: number; examples: string[] }[];
  /** What else a person should know, in sentences. */
  notes: string[];
}

/** A run that is `completed` may still hold tests that fail: here programs see it. */
export interface VerificationResult {
  /** `passed`: everything recognised was run and passed. `failed`: something fails. `unchecked`: nothing was run, or not everything could be; nothing is claimed. */
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
  /** The sandbox they ran in; `off`: none. Null if none ran. */
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
    project: projectResult(state),
    status: state.status,
    waits_for: waitsFor(state),
    workflow_completed: state.status === 'completed',
    total_tasks: state.tasks.size,
    started_at: iso(state.startedAt),
    completed_at: state.finishedAt === undefined ? null : iso(state.finishedAt),
    duration: state.finishedAt === undefined ? null : timeWorked(state, state.finishedAt) / 1000,
    workflow_definition: Array.isArray(steps) ? steps : [],
    tasks: Object.fromEntries([...state.tasks.values()].map((task) => [task.task, taskResult(state, task, ledgers[task.task])])),
    outputs: outputsOfRun(state) ?? null,
    model: state.model,
    models: state.models ?? null,
    later_models: state.laterModels,
    transcript: state.transcript,
    usage: usageOfRun(state),
    ledger,
    fallbacks: state.fallbacks.map(({ task = null, from, to, why, at }) => ({ task, from, to, why, at })),
    egress: egressResult(state),
    kept_back: keptBack(state),
    cost: costResult(state),
    cuts: state.epoch.cuts.map(({ epoch, reason, cuts }) => ({ epoch, reason, tasks: cuts.map(({ task }) => task) })),
    collisions: state.collisions.map(({ path, task, earlier }) => ({ path, task, earlier_task: earlier.task })),
    checks: state.checks.map((check) => checkResult(state, check, changedSince(state, check, now))),
    packages: fetchedPackages(state),
    verification: { outcome, sentences },
    examples: examplesResult(state),
    error: state.error?.message ?? null,
  };
}

function projectResult({ input: { project, files } }: RunState): ProjectResult | null {
  if (project === undefined) return null;
  const { fileCount, conventions = [], tokens, leftOut, notes = [] } = project;
  return { files: fileCount, whole: files.map(({ path }) => path), conventions, tokens, left_out: leftOut, notes };
}

function examplesResult(state: RunState): ExamplesResult | null {
  const proof = proofOfExamples(state);
  if (proof === undefined) return null;
  const { held, run, notRun, fresh, sandbox = null } = proof;
  const examples = proof.examples.map(({ quote, outcome, why = null }) => ({ quote, outcome, why }));
  return { held, run, not_run: notRun, fresh, sandbox, examples };
}

function waitsFor(state: RunState): WorkflowResult['waits_for'] {
  const { waiting } = state;
  if (waiting === undefined) return null;
  const decisions = openQuestions(state).map(askedResult);
  return {
    until: waiting.until === undefined ? null : iso(waiting.until),
    signals: waiting.signals,
    decisions,
    budget: waitsForMoney(state),
  };
}

function waitsForMoney({ tasks }: RunState): NonNullable<WorkflowResult['waits_for']>['budget'] {
  const waiting = [...tasks.values()].filter(waitsForBudget);
  if (waiting.length === 0) return null;
  return { tasks: waiting.map(({ task }) => task), why: waiting[0]?.waiting?.error?.message ?? '' };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
