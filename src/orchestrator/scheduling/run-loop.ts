import type { TaskRecord } from '../../state/run/run-state.ts';
import { type Clock, longestTimer } from '../../utils/clock.ts';
import type { Report, RunJournal } from '../journal/run-journal.ts';
import type { StepKindRegistry } from '../step-kinds/step-kind-registry.ts';
import { expandTask } from './expand-task.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { conditionHolds, namedOutputs } from '../scope/evaluate-for.ts';
import { type FilledTask, fillTask } from '../scope/fill-task.ts';
import { describeError } from '../../utils/describe-error.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { shownName } from '../../utils/printable.ts';
import type { TaskExecutor, TaskOutcome } from '../task-executor.ts';
import type { Decision, TaskManager } from './task-manager.ts';
import { waitsByItself } from './waits-by-itself.ts';

export interface RunLoopOptions {
  journal: RunJournal;
  manager: TaskManager;
  executor: TaskExecutor;
  /** The model that a task asks, if the run has several; undefined: there is only one. */
  modelOf: (task: TaskRecord) => string | undefined;
  /** The id of the agent that plays a role. */
  agentOf: (role: string) => { id: string };
  kinds: Pick<StepKindRegistry, 'needsOf' | 'withRole' | 'get'>;
  /** How often a task is tried again after a transient failure. */
  taskRetries: number;
  clock: Clock;
  /** Aborting stops all tasks; the loop ends when they have. */
  signal: AbortSignal;
  /** What to record for a task that was under way when the run was aborted. */
  stopped: (task: string) => Report;
  /** Awaited before tasks begin, with all tasks that begin together. */
  beforeStart?: ((tasks: string[], signal: AbortSignal) => Promise<void>) | undefined;
  onTaskEnded?: ((task: string) => Promise<void>) | undefined;
  /** Asked when nothing is under way and nothing can begin: whether to end the loop instead of waiting for something to wake a task. */
  mayRest?: (() => boolean) | undefined;
  /** Given what has the loop ask `mayRest` again, where no event tells of a reason to. */
  onAsked?: ((askAgain: () => void) => void) | undefined;
}

/**
 * Drives one run: asks the scheduler what to do, does it, and records the outcome. The scheduler hears every event of the run, whoever recorded it: the caller
 * connects it to the journal. Returns when every task has ended, when all that are left wait and the run may rest, or when the run was aborted or is held and
 * nothing is under way any more. Rejects only if the program or the journal is at fault.
 */
export async function runLoop(options: RunLoopOptions): Promise<void> {
  const { manager, journal, clock, signal } = options;
  const underWay = new Map<string, Promise<void>>();
  let fault: { error: unknown } | undefined;
  const stop = new AbortController();
  const all = AbortSignal.any([signal, stop.signal]);

  const news = new News();
  const unlisten = journal.listen(({ type }) => {
    if (type.startsWith('task.') || type === 'run.held') news.tell();
  });
  options.onAsked?.(() => news.tell());
  const aborted = () => news.tell();
  all.addEventListener('abort', aborted);

  const isHeld = () => journal.state.held !== undefined;
  const start = (task: string) => {
    const work = execute(options, task, all).catch((error: unknown) => {
      fault ??= { error };
      stop.abort(error);
    });
    underWay.set(
      task,
      work.finally(() => {
        underWay.delete(task);
        news.tell();
      }),
    );
  };
  const decide = async (decision: Decision, filled: FilledTask | undefined) => {
    if (decision.type === 'skip') {
      const data = { task: decision.task, reason: 'dependency_failed' as const, because: decision.because };
      await journal.append('scheduler', [{ type: 'task.skipped', data }]);
      return;
    }
    // This decision can be made again, so it need not wait for the disk. Somebody may have had the run pause meanwhile.
    const begun = await journal.append('scheduler', () => (isHeld() ? [] : beginning(decision.task, filled, options)), 'normal');
    if (begun.length > 0) start(decision.task);
  };

  try {
    while (!manager.finished && !all.aborted) {
      news.forget();
      if (isHeld()) {
        if (underWay.size === 0) break;
        await news.next({ until: undefined, clock });
        continue;
      }
      const decisions = manager.next({ now: clock.now() });
      const filled = await fillOrEnd(decisions, options);
      if (filled === undefined) continue;
      const starting = decisions.flatMap(({ type, task }) => (type === 'start' ? [task] : []));
      if (starting.length > 0) await options.beforeStart?.(starting, all);
      for (const decision of decisions) if (!all.aborted) await decide(decision, filled.get(decision.task));
      if (decisions.length > 0) continue;
      if (underWay.size === 0 && options.mayRest?.()) break;
      // If nothing is under way, nothing else may keep the process alive.
      const wakeUp = manager.nextWakeUp() ?? (underWay.size === 0 ? Infinity : undefined);
      await news.next({ until: wakeUp, clock });
    }
    await Promise.all(underWay.values());
  } finally {
    unlisten();
    all.removeEventListener('abort', aborted);
  }
  if (fault) throw fault.error;
}

/**
 * What the texts of the tasks that are to begin become. Tasks whose condition does not hold, or whose expressions have no value, are ended instead. One that has
 * begun is not asked again: what it began with stands.
 * @returns undefined where any were ended, so that others are to be decided anew.
 */
async function fillOrEnd(
  decisions: readonly Decision[],
  { journal, kinds }: RunLoopOptions,
): Promise<ReadonlyMap<string, FilledTask> | undefined> {
  const filled = new Map<string, FilledTask>();
  const reports = decisions.flatMap(({ type, task }): Report[] => {
    const record = journal.state.tasks.get(task);
    if (type !== 'start' || record === undefined || record.startedAt !== undefined) return [];
    try {
      if (record.when === undefined || conditionHolds(journal.state, record, record.when)) {
        // Once: until it begins, others may end, and what they leave could make it fail or become another text.
        const texts = fillTask(journal.state, record, kinds.get(record.kind));
        if (texts !== undefined) filled.set(task, texts);
        return [];
      }
      return [{ type: 'task.skipped', data: { task, reason: 'condition', because: `"${shownName(record.when)}" does not hold` } }];
    } catch (error) {
      if (!(error instanceof MultiagentError)) throw error;
      return [{ type: 'task.failed', data: { task, error: describeError(error) } }];
    }
  });
  if (reports.length === 0) return filled;
  await journal.append('scheduler', reports);
  return undefined;
}

/** The events with which a task begins; a task that waited by itself is first told what woke it. */
function beginning(task: string, filled: FilledTask | undefined, { journal, agentOf, modelOf }: RunLoopOptions): Report[] {
  const record = journal.state.tasks.get(task)!;
  const agent = record.role === '' ? record.kind : agentOf(record.role).id;
  const model = record.role === '' ? undefined : modelOf(record);
  const waiting = waitsByItself(record) ? record.waiting : undefined;
  const goesOn = waiting !== undefined || record.woken !== undefined;
  const attempt = Math.max(1, record.attempts + (goesOn ? 0 : 1));
  const woken: Report[] =
    waiting === undefined ? [] : [{ type: 'task.woken', data: { task, by: waiting.tasks === undefined ? 'time' : 'tasks' } }];
  const told = { ...(model === undefined ? {} : { model }), ...(filled === undefined ? {} : { filled }) };
  return [...woken, { type: 'task.started', data: { task, attempt, agent, ...told } }];
}

async function execute(options: RunLoopOptions, task: string, signal: AbortSignal): Promise<void> {
  const { journal, executor } = options;
  // It has just been recorded that it began.
  const { attempts: attempt, agent: actor } = journal.state.tasks.get(task)! as TaskRecord & { agent: string };
  let outcome: TaskOutcome;
  try {
    outcome = await executor.execute({
      task,
      attempt,
      signal,
      record: async (reports, durability) => void (await journal.append(actor, reports, durability)),
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    await journal.append('scheduler', [options.stopped(task)]);
    return;
  }
  // What follows from an exchange can be derived from the journal again.
  const durability = outcome.status === 'completed' && outcome.turn !== undefined ? 'normal' : 'full';
  await journal.append(outcome.status === 'waiting' ? 'scheduler' : actor, reportsOf(outcome, { options, task, attempt }), durability);
  await options.onTaskEnded?.(task);
}

/** What is recorded of an outcome. */
function reportsOf(outcome: TaskOutcome, { options, task, attempt }: { options: RunLoopOptions; task: string; attempt: number }): Report[] {
  const { journal, taskRetries, clock, kinds } = options;
  switch (outcome.status) {
    case 'completed': {
      const { turn, because } = outcome;
      try {
        const outputs = outputsOf(journal.state, task, outcome);
        const told = { ...(because === undefined ? {} : { because }), ...(outputs === undefined ? {} : { outputs }) };
        return [{ type: 'task.completed', data: { task, turn, ...told } }];
      } catch (error) {
        if (!(error instanceof MultiagentError)) throw error;
        return [{ type: 'task.failed', data: { task, error: describeError(error) } }];
      }
    }
    case 'waiting': {
      const { reason, until, signal, asks, error } = outcome;
      const asked: Report[] = asks === undefined ? [] : [{ type: 'task.asked', data: { task, ...asks } }];
      return [...asked, { type: 'task.waiting', data: { task, reason, until, signal, ...(error && { error }) } }];
    }
    case 'skipped':
      return [{ type: 'task.skipped', data: { task, reason: 'condition', because: outcome.because } }];
    case 'expanded': {
      const { tasks } = journal.state;
      return expandTask(
        tasks.get(task)!,
        { ...outcome, steps: outcome.steps.map((step) => kinds.withRole(step)) },
        { needsOf: (step) => kinds.needsOf(step), known: tasks },
      );
    }
    default:
      if (!isTriedAgain(outcome, { retries: journal.state.tasks.get(task)?.retries, taskRetries, attempt }))
        return [{ type: 'task.failed', data: { task, error: outcome.error } }];
      return [{ type: 'task.waiting', data: { task, reason: 'retry', until: clock.now() + waitBefore(attempt), error: outcome.error } }];
  }
}

/** What a step calls its own stands among what its kind found out. */
function outputsOf(
  state: RunState,
  task: string,
  { turn, outputs }: Extract<TaskOutcome, { status: 'completed' }>,
): Record<string, unknown> | undefined {
  const record = state.tasks.get(task);
  if (record?.namedOutputs === undefined) return outputs;
  return { ...outputs, ...namedOutputs(state, { ...record, status: 'completed', turn, outputs }) };
}

/** Milliseconds until the next try: twice as long each time, and no longer than anybody would wait. */
function waitBefore(attempt: number): number {
  return Math.min(2 ** attempt, 300) * 1000;
}

/** What may succeed later is tried as often as the settings say, or the step. What may or may not is tried again only for a step that asks for it. */
function isTriedAgain(
  { again }: Extract<TaskOutcome, { status: 'failed' }>,
  { retries, taskRetries, attempt }: { retries: number | undefined; taskRetries: number; attempt: number },
): boolean {
  if (again === 'never') return false;
  return attempt <= (retries ?? (again === 'later' ? taskRetries : 0));
}

/** The reason why a sleep ends early. One object serves all: creating a new one each time costs more than waking the loop. */
const woken = new Error('something happened');

/** Whether something has happened since the last look: an event, the end of a task, an abort. */
class News {
  #isNew = false;
  #wake: (() => void) | undefined;

  tell(): void {
    this.#isNew = true;
    this.#wake?.();
  }

  forget(): void {
    this.#isNew = false;
  }

  /** Resolves when something happens (at once if something has), or when the time of a waiting task has come. */
  async next({ until, clock }: { until: number | undefined; clock: Clock }): Promise<void> {
    if (this.#isNew) return;
    const happened = new Promise<void>((resolve) => (this.#wake = resolve));
    if (until === undefined) return happened;
    const over = new AbortController();
    const sleep = clock.sleep(Math.min(longestTimer, Math.max(0, until - clock.now())), over.signal);
    await Promise.race([happened, sleep]);
    over.abort(woken);
  }
}
