import type { EventData, JournalEvent } from '../../../src/events/run-stream-events.ts';
import { RunJournal } from '../../../src/orchestrator/journal/run-journal.ts';
import { runLoop, type RunLoopOptions } from '../../../src/orchestrator/scheduling/run-loop.ts';
import { StepKindRegistry } from '../../../src/orchestrator/step-kinds/step-kind-registry.ts';
import { TaskManager } from '../../../src/orchestrator/scheduling/task-manager.ts';
import type { TaskAssignment, TaskOutcome } from '../../../src/orchestrator/task-executor.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';
import type { AppendOptions, Durability } from '../../../src/state/store/event-store.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { runEvent, started, writeRun } from '../../support/run-events.ts';

export type Executed = (assignment: TaskAssignment) => Promise<TaskOutcome>;
export const turnOf = (activity: string) => [
  { role: 'user' as const, activity },
  { role: 'assistant' as const, activity },
];
export const done: TaskOutcome = { status: 'completed' };
export const error = { code: 'model.gone', message: 'The server went away.' };
export const fails = (again: 'later' | 'if_asked' | 'never'): TaskOutcome => ({ status: 'failed', error, again });

/** Notes how safely each group of events was written. */
class NotingStore extends MemoryEventStore {
  readonly written: [types: string[], durability: Durability][] = [];

  override async append(options: AppendOptions) {
    this.written.push([options.events.map(({ type }) => type), options.durability]);
    return super.append(options);
  }
}

interface Plan {
  task: string;
  when?: string;
  dependencies?: string[];
  /** Empty: it asks no model. */
  role?: string;
  /** What else its step says. */
  more?: Partial<EventData<'task.added'>>;
}

const registry = new StepKindRegistry();

/** A run of these tasks; each call of a task does the next of what is planned for it, and is completed when nothing is. */
export async function scene(
  plan: Plan[],
  outcomes: Record<string, (TaskOutcome | Executed)[]> = {},
  options: Partial<RunLoopOptions> = {},
) {
  const store = new NotingStore();
  const added = plan.map(({ task, dependencies = [], role = 'developer', when, more }, index) =>
    runEvent('r', 'task.added', {
      task,
      dependencies,
      role,
      kind: role === '' ? 'wait' : 'agent',
      taskType: 'x',
      description: 'd',
      expects: 'text',
      priority: 1,
      number: index + 1,
      ...(when === undefined ? {} : { when }),
      ...more,
    }),
  );
  await writeRun(store, 'r', [started('r'), ...added]);
  const clock = instantClock();
  const journal = new RunJournal({ store, run: 'r', clock, state: await foldRun(store.read('run:r')) });
  const manager = new TaskManager({ concurrency: 2 });
  for await (const event of store.read('run:r')) manager.apply(event);
  const events: JournalEvent[] = [];
  journal.listen((event) => {
    manager.apply(event);
    events.push(event);
  });
  const abort = new AbortController();
  const calls: string[] = [];
  const run = async (more: Partial<RunLoopOptions> = {}) =>
    runLoop({
      journal,
      manager,
      executor: {
        execute: async (assignment) => {
          calls.push(`${assignment.task} ${assignment.attempt}`);
          const next = outcomes[assignment.task]?.shift() ?? done;
          return typeof next === 'function' ? next(assignment) : next;
        },
      },
      modelOf: () => undefined,
      agentOf: (role) => ({ id: `${role}_001` }),
      kinds: {
        get: (name) => registry.get(name),
        withRole: (step) => step,
        needsOf: ({ kind }) => (kind === 'agent' ? { model: true, role: 'developer', expects: 'text' } : { model: false }),
      },
      taskRetries: 2,
      clock,
      signal: abort.signal,
      stopped: (task) => ({ type: 'task.cancelled', data: { task } }),
      ...options,
      ...more,
    });
  const told = (...types: JournalEvent['type'][]) =>
    events.filter(({ type }) => types.length === 0 || types.includes(type)).map(({ type, actor, data }) => ({ type, actor, data }));
  const statuses = () => Object.fromEntries([...journal.state.tasks.values()].map(({ task, status }) => [task, status]));
  return { store, journal, clock, abort, calls, run, told, statuses };
}

/** Ends only when it is aborted. */
export const untilAborted: Executed = async ({ signal }) => {
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  throw signal.reason;
};
export const nextTurn = async () => new Promise((resolve) => void setImmediate(resolve));
