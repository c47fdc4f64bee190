import { type Clock, longestTimer } from '../../utils/clock.ts';
import type { Report, RunJournal } from '../run/run-journal.ts';
import type { TaskExecutor, TaskOutcome } from './task-executor.ts';
import type { Decision, TaskManager } from './task-manager.ts';

export interface RunLoopOptions {
  journal: RunJournal;
  manager: TaskManager;
  executor: TaskExecutor;
  /** The id of the agent that plays a role. */
  agentOf: (role: string) => { id: string };
  /** How often a task is tried again after a transient failure. */
  taskRetries: number;
  clock: Clock;
  /** Aborting stops all tasks; the loop ends when they have. */
  signal: AbortSignal;
  /** What is recorded for a task that was under way when the run was aborted. */
  stopped: (task: string) => Report;
  /** Awaited before tasks begin, with all that begin together. */
  beforeStart?: ((tasks: string[], signal: AbortSignal) => Promise<void>) | undefined;
  onTaskEnded?: ((task: string) => Promise<void>) | undefined;
}

/**
 * Drives one run: asks the scheduler what to do, has it done, and tells the scheduler what came of it. Returns when every task has ended, or when the
 * run was aborted and nothing is under way any more. Rejects only where the program or the journal is at fault.
 */
export async function runLoop(options: RunLoopOptions): Promise<void> {
  const { manager, journal, clock, signal } = options;
  const underWay = new Map<string, Promise<void>>();
  let fault: { error: unknown } | undefined;
  const stop = new AbortController();
  const all = AbortSignal.any([signal, stop.signal]);

  const tell = async (actor: string, ...reports: Report[]) => {
    for (const event of await journal.append(actor, reports)) manager.apply(event);
  };
  const start = (task: string) => {
    const work = execute(options, task, tell, all).catch((error: unknown) => {
      fault ??= { error };
      stop.abort(error);
    });
    underWay.set(
      task,
      work.finally(() => underWay.delete(task)),
    );
  };
  const decide = async (decision: Decision) => {
    if (decision.type === 'skip') {
      await tell('scheduler', {
        type: 'task.skipped',
        data: { task: decision.task, reason: 'dependency_failed', because: decision.because },
      });
      return;
    }
    const record = journal.state.tasks.get(decision.task);
    const agent = options.agentOf(record?.role ?? '');
    await tell('scheduler', { type: 'task.started', data: { task: decision.task, attempt: (record?.attempts ?? 0) + 1, agent: agent.id } });
    start(decision.task);
  };

  while (!manager.finished && !all.aborted) {
    const decisions = manager.next({ now: clock.now() });
    const starting = decisions.flatMap(({ type, task }) => (type === 'start' ? [task] : []));
    if (starting.length > 0) await options.beforeStart?.(starting, all);
    for (const decision of decisions) if (!all.aborted) await decide(decision);
    if (decisions.length > 0) continue;
    await somethingHappens({ underWay, wakeUp: manager.nextWakeUp(), clock, signal: all });
  }
  await Promise.all(underWay.values());
  if (fault) throw fault.error;
}

async function execute(
  options: RunLoopOptions,
  task: string,
  tell: (actor: string, ...reports: Report[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { journal, executor, taskRetries, clock } = options;
  const attempt = journal.state.tasks.get(task)?.attempts ?? 1;
  const actor = journal.state.tasks.get(task)?.agent ?? 'executor';
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
    await tell('scheduler', options.stopped(task));
    return;
  }
  if (outcome.status === 'completed') {
    const { turn, because } = outcome;
    await tell(actor, { type: 'task.completed', data: { task, turn, ...(because === undefined ? {} : { because }) } });
  } else if (outcome.again === 'later' && attempt <= taskRetries) {
    const until = clock.now() + 2 ** attempt * 1000;
    await tell('scheduler', { type: 'task.waiting', data: { task, reason: 'retry', until, error: outcome.error } });
  } else {
    await tell(actor, { type: 'task.failed', data: { task, error: outcome.error } });
  }
  await options.onTaskEnded?.(task);
}

/** Resolves when a task ends, when the time of a waiting one has come, or when the run is aborted. */
async function somethingHappens({
  underWay,
  wakeUp,
  clock,
  signal,
}: {
  underWay: Map<string, Promise<void>>;
  wakeUp: number | undefined;
  clock: Clock;
  signal: AbortSignal;
}): Promise<void> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const sleep = clock.sleep(wakeUp === undefined ? longestTimer : Math.max(0, wakeUp - clock.now()), either).catch(() => undefined);
  await Promise.race([...underWay.values(), sleep]);
  over.abort();
}
