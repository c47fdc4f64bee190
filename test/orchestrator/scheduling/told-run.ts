import * as fc from 'fast-check';
import { TaskManager } from '../../../src/orchestrator/scheduling/task-manager.ts';
import { added, cancelled, completed, failed, type Planned, reopened, skipped, started, waiting } from './scheduled-graphs.ts';

type Applied = Parameters<TaskManager['apply']>[0];

/** What may happen to a run; numbers pick among the tasks that it can happen to. */
export type Happening =
  | { kind: 'add' }
  | { kind: 'decide' }
  | { kind: 'end'; pick: number; how: 'completed' | 'failed' | 'cancelled' }
  | { kind: 'wait'; pick: number }
  | { kind: 'condition'; pick: number }
  | { kind: 'retry'; picks: number[] };

export const happenings = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('add' as const, 'decide' as const) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('end' as const),
        pick: fc.nat(),
        how: fc.constantFrom('completed', 'completed', 'failed', 'cancelled'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), pick: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('condition' as const), pick: fc.nat() }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('retry' as const), picks: fc.array(fc.nat(), { minLength: 1, maxLength: 8 }) }),
    },
  ),
  { maxLength: 60 },
);

/** A run told twice: by the scheduler, and by a plain table of what was applied, which says what the scheduler may decide. */
export class ToldRun {
  /** What the scheduler did that it must not do. */
  readonly faults: string[] = [];
  readonly events: Applied[] = [];
  readonly #manager: TaskManager;
  readonly #concurrency: number;
  readonly #dependencies = new Map<string, string[]>();
  readonly #table = new Map<string, 'open' | 'running' | 'waiting' | 'done' | 'lost'>();

  /** The last few join the run while it runs. */
  readonly #joining: Planned[];

  constructor(tasks: Planned[], { joining, concurrency }: { joining: number; concurrency: number }) {
    this.#concurrency = concurrency;
    this.#manager = new TaskManager({ concurrency });
    const joins = ({ number }: Planned) => number > Math.max(1, tasks.length - joining);
    this.#joining = tasks.filter(joins).toSorted((a, b) => a.number - b.number);
    for (const task of tasks) if (!joins(task)) this.#add(task);
  }

  #add(task: Planned): void {
    this.#dependencies.set(task.task, task.dependencies);
    this.#tell(added(task), task.task, 'open');
  }

  happen(happening: Happening): void {
    switch (happening.kind) {
      case 'add': {
        const task = this.#joining.shift();
        if (task !== undefined) this.#add(task);
        break;
      }
      case 'decide':
        this.decide();
        break;
      case 'end': {
        const task = pickOf(this.#that('running'), happening.pick);
        if (task === undefined) break;
        const { how } = happening;
        const event = { completed, failed, cancelled }[how](task);
        this.#tell(event, task, how === 'completed' ? 'done' : 'lost');
        break;
      }
      case 'wait': {
        const task = pickOf(this.#that('running'), happening.pick);
        if (task !== undefined) this.#tell(waiting(task, 1000), task, 'waiting');
        break;
      }
      case 'condition': {
        const task = pickOf(this.#that('open'), happening.pick);
        if (task !== undefined) this.#tell(skipped(task, 'not wanted', 'condition'), task, 'done');
        break;
      }
      case 'retry':
        // Whatever was begun or has ended, each once, in whatever order.
        for (const task of pickedOf(this.#that('done', 'lost', 'waiting', 'running'), happening.picks))
          this.#tell(reopened(task), task, 'open');
    }
  }

  /** Has the scheduler decide, and finds fault with what it decides. */
  decide(now = 0): void {
    for (const decision of this.#manager.next({ now })) {
      const needed = this.#dependencies.get(decision.task) ?? [];
      if (!this.#that('open', 'waiting').includes(decision.task)) this.faults.push(`${decision.task} was decided on twice`);
      if (decision.type === 'start') {
        for (const name of needed) if (this.#table.get(name) !== 'done') this.faults.push(`${decision.task} began beside ${name}`);
        this.#tell(started(decision.task), decision.task, 'running');
      } else {
        if (!needed.includes(decision.because) || this.#table.get(decision.because) !== 'lost')
          this.faults.push(`${decision.task} was skipped because of ${decision.because}`);
        this.#tell(skipped(decision.task, decision.because), decision.task, 'lost');
      }
    }
    if (this.#that('running').length > this.#concurrency) this.faults.push('more ran at once than may');
  }

  /** From here on everything goes well. */
  finish(): void {
    for (const task of this.#joining) this.#add(task);
    for (let turns = 2 * this.#table.size; !this.#manager.finished && turns >= 0; turns -= 1) {
      this.decide(1000);
      for (const task of this.#that('running')) this.#tell(completed(task), task, 'done');
    }
    const left = this.#that('open', 'running', 'waiting');
    if (left.length > 0 || !this.#manager.finished) this.faults.push(`the run never ended: ${left.join(', ')}`);
  }

  again(): { graph: unknown; decisions: unknown } {
    const manager = new TaskManager({ concurrency: this.#concurrency });
    for (const event of this.events) manager.apply(event);
    return { graph: manager.graph(), decisions: decisionsOf(manager) };
  }

  now(): { graph: unknown; decisions: unknown } {
    return { graph: this.#manager.graph(), decisions: decisionsOf(this.#manager) };
  }

  #that(...states: string[]): string[] {
    return [...this.#table].filter(([, state]) => states.includes(state)).map(([task]) => task);
  }

  #tell(event: Applied, task: string, state: 'open' | 'running' | 'waiting' | 'done' | 'lost'): void {
    this.#manager.apply(event);
    this.events.push(event);
    this.#table.set(task, state);
  }
}

const decisionsOf = (manager: TaskManager) => manager.next({ now: 0 }).toSorted((a, b) => a.task.localeCompare(b.task));

function pickOf(tasks: string[], pick: number): string | undefined {
  return tasks[pick % Math.max(1, tasks.length)];
}

function pickedOf(tasks: string[], picks: number[]): Set<string> {
  return new Set(picks.flatMap((pick) => pickOf(tasks, pick) ?? []));
}
