import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { countingFiles, standingFiles } from '../artifacts/standing-files.ts';
import { dropFile, keepFile } from '../conversation/keep-file.ts';
import { proveWork } from '../conversing/prove-work.ts';
import type { StepOptions } from '../step-kind.ts';
import type { TaskOutcome } from '../task-executor.ts';
import { firstAskedOf } from './first-asked-of.ts';
import { repairedAs } from './may-repair.ts';
import { nextRepair, type RepairDone, type RepairedFiles, type Repairers, type TestRound } from './next-repair.ts';
import { type RepairOptions, repairOptions } from './repair-options.ts';
import { roundOf } from './round-of.ts';

/** Who repairs. `model`: what a person has set for what the team does not manage, by its name among the models of the settings. */
export interface RepairersOfRun extends Pick<Repairers, 'team' | 'attempts'> {
  model: string | undefined;
}

/** A run that needs more repairs than this has a fault that repairs do not mend. */
const mostRepairsOfRun = 20;

/** How a version came to stand that a repair had replaced. */
const restored = 'restored';

type Completed = Extract<TaskOutcome, { status: 'completed' }>;

/**
 * Has what a task has done repaired where checks or examples fail: each repair is a task of its own, by the role that owns the files, and the task is called
 * again when it has ended. The best version that was seen stays.
 */
export async function repairWork(step: StepOptions, outcome: Completed, { model, ...repairers }: RepairersOfRun): Promise<TaskOutcome> {
  const { run, task } = step;
  const { state } = run.journal;
  const before = repairsOf(state, task);
  // A task that changed nothing that could fail has nothing to be repaired.
  if (before.length === 0 && !state.checks.some((check) => check.task === task.task) && !provedBy(state, task)) return outcome;
  const { round, told } = roundOf(state);
  if (before.length === 0 && isGivenUp(state, task, round)) return outcome;
  const rounds: TestRound[] = [...before.map(({ options }) => options.round), round];
  const next = nextRepair(rounds, before.map(doneBy), {
    ...repairers,
    hasPrograms: writersOf('programs', state).length > 0,
    attempts: furtherAttempts(sourceOf(state), repairers.attempts),
    repairModel: model !== undefined,
    left: mostRepairsOfRun - [...state.tasks.values()].filter(({ kind }) => kind === 'repair').length,
  });
  if (next.kind === 'end' || told === undefined) {
    if (before.length === 0) return outcome;
    if (next.kind === 'end') await restore(step, before[next.best]?.options.files);
    const failures = rounds.flatMap((one) => (one.kind === 'failed' ? [one.mark] : []));
    const repairs = { count: before.length, ended: next.kind === 'end' ? next.why : 'no_failure', failures };
    return { ...outcome, outputs: { ...outcome.outputs, repairs } };
  }
  const { of, by } = next;
  const options: RepairOptions = {
    ...told,
    role: ownerOf(of, state, task),
    of,
    ...(by === 'repair_model' ? { model } : {}),
    ...(by === 'attempt' ? { anew: sourceOf(state)?.task } : {}),
    round,
    since: task.superseded,
    files: versionsOf(state),
  };
  const id = `repair/${childrenOf(state, task).length + 1}`;
  // It begins where the first attempt began: what repairs have made of it is not in its way. Tests that were corrected stay so.
  if (by === 'attempt') await bringBack(step, before[0]?.options.files, ['programs']);
  const what =
    by === 'attempt' ? 'Write the programs anew' : of === 'programs' ? 'Repair the programs' : 'Decide whether the tests are right';
  const repair = {
    id,
    kind: 'repair',
    description: `${what}: ${told.outcome}`.slice(0, 300),
    depends_on: [],
    priority: task.priority,
    ...options,
  };
  return { status: 'expanded', steps: [repair], turn: outcome.turn };
}

interface Repair {
  task: TaskRecord;
  options: RepairOptions;
}

function childrenOf(state: RunState, { task }: TaskRecord): TaskRecord[] {
  return state.tasks
    .values()
    .filter(({ parent, kind }) => parent === task && kind === 'repair')
    .toArray();
}

/** Those of the present try, in order. */
function repairsOf(state: RunState, task: TaskRecord): Repair[] {
  return childrenOf(state, task).flatMap((child) => {
    const read = repairOptions.safeParse(child.options);
    return read.success && read.data.since === task.superseded ? [{ task: child, options: read.data }] : [];
  });
}

function doneBy({ task, options: { of, model, anew } }: Repair): RepairDone {
  return {
    of,
    by: model !== undefined ? 'repair_model' : anew === undefined ? 'team' : 'attempt',
    changed: task.outputs?.['changed'] === true,
  };
}

/** Another step has had this failure repaired already, and nobody managed to: to do it all once more would cost as much again. */
function isGivenUp(state: RunState, { task }: TaskRecord, round: TestRound): boolean {
  if (round.kind !== 'failed') return false;
  return [...state.tasks.values()].some(({ task: other, outputs }) => {
    const { failures } = (outputs?.['repairs'] ?? {}) as { failures?: unknown };
    return other !== task && Array.isArray(failures) && failures.includes(round.mark);
  });
}

function provedBy(state: RunState, { task }: TaskRecord): boolean {
  return state.examples.some((tried) => tried.task === task);
}

/** Who wrote files of a kind that count, in order. Bringing an earlier version back is no writing. */
function writersOf(of: RepairedFiles, { artifacts, tasks }: RunState): TaskRecord[] {
  const written = artifacts.filter(({ path, format, undone }) => undone === undefined && format !== restored && repairedAs(path) === of);
  return written.flatMap(({ task }) => tasks.get(task) ?? []);
}

/** Whoever wrote the latest of these files. */
function ownerOf(of: RepairedFiles, state: RunState, task: TaskRecord): string {
  return writersOf(of, state).findLast(({ role }) => role !== '')?.role ?? task.role;
}

/** The task that wrote the latest programs as one whole step: it can be asked for them anew. */
function sourceOf(state: RunState): TaskRecord | undefined {
  const last = writersOf('programs', state).findLast(({ kind, expects }) => kind === 'agent' && expects === 'files');
  return last !== undefined && firstAskedOf(last) !== undefined ? last : undefined;
}

/** What the step says that wrote the programs, else the settings. Where nobody can be asked for them anew, they are not attempted. */
function furtherAttempts(source: TaskRecord | undefined, usual: number): number {
  if (source === undefined) return 0;
  return source.mostAttempts === undefined ? usual : source.mostAttempts - 1;
}

function versionsOf(state: RunState): RepairOptions['files'] {
  return standingFiles(state)
    .filter(({ path }) => repairedAs(path) !== undefined)
    .map(({ path, sha256 }) => ({ path, sha256 }));
}

/** Where a later round has passed less, the files of an earlier one stand, and are checked once more. */
async function restore(step: StepOptions, files: RepairOptions['files'] | undefined): Promise<void> {
  if (await bringBack(step, files)) await proveWork(step);
}

/**
 * Brings programs and tests back as they were at an earlier moment: what the task and its repairs have made of them since goes, and what others have written
 * meanwhile stays. @returns whether anything changed.
 */
async function bringBack(
  step: StepOptions,
  files: RepairOptions['files'] | undefined,
  kinds: readonly RepairedFiles[] = ['programs', 'tests'],
): Promise<boolean> {
  if (files === undefined) return false;
  const { run, task } = step;
  const { state } = run.journal;
  const own = new Set([task, ...childrenOf(state, task)].map((record) => record.task));
  const earlier = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  let isChanged = false;
  for (const { path, sha256, task: writer, removed } of countingFiles(state)) {
    const kind = repairedAs(path);
    const wanted = earlier.get(path);
    if (kind === undefined || !kinds.includes(kind) || !own.has(writer) || wanted === (removed ? undefined : sha256)) continue;
    if (wanted === undefined) await dropFile(step, { path, format: restored });
    else {
      const content = await run.contentOf(wanted);
      if (content === undefined) continue;
      const text = Buffer.from(content).toString('utf8');
      await keepFile(step, { path, content: text, format: restored, range: [0, text.length] });
    }
    isChanged = true;
  }
  return isChanged;
}
