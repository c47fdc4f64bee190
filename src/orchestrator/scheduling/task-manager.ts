import type { JournalEvent } from '../../events/run-stream-events.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { ReadyQueue } from './ready-queue.ts';
import type { PlacementPolicy, ScheduledTask } from './scheduled-task.ts';

/** Where a task stands in the scheduler: `ready` could start, and waits for its turn. */
export type ScheduledStatus = 'pending' | 'ready' | 'running' | 'waiting' | 'completed' | 'failed' | 'skipped' | 'cancelled';

/** What is to be done next. It takes effect only when the matching event (`task.started`, `task.skipped`) is applied. */
export type Decision = { type: 'start'; task: string } | { type: 'skip'; task: string; because: string };

/** How many tasks may run at once, and which goes first. */
export interface TaskManagerOptions {
  /** The most tasks that run at once. */
  concurrency: number;
  /** Default: the order of the workflow. */
  placement?: PlacementPolicy | undefined;
}

interface Node extends ScheduledTask {
  status: ScheduledStatus;
  /** It has ended in a way that lets its dependents begin. */
  done: boolean;
  dependents: Set<string>;
  /** Dependencies that are not done, including those not added yet. */
  open: Set<string>;
  /** Those among them that have ended, in the order of their end. */
  lost: Set<string>;
  /** The time at which it wakes; valid only while it waits. */
  wakeUp: number | undefined;
  /** The tasks that it waits for and that have not ended. */
  awaited: Set<string>;
  /** Whether it waits for all of them, or for the first that ends. */
  wakes: 'all' | 'first';
}

const ended = new Set<ScheduledStatus>(['completed', 'failed', 'skipped', 'cancelled']);

/**
 * The scheduler: a pure state machine. Events go in through `apply`, what to do next comes out of `next`; it starts nothing, waits for nothing and
 * reads no clock. A task is ready when each of its dependencies is completed, or skipped by a condition; a failed one skips its dependents and only
 * them. The order in which tasks are added and reopened does not matter: the status of a task follows from its dependencies alone. Applying a run's
 * events again, in order, gives the same state: that is how a run is resumed.
 * @example
 * const manager = new TaskManager({ concurrency: 2 });
 * const step = { kind: 'agent', role: 'developer', taskType: 'work', description: '', expects: 'text', priority: 1 } as const;
 * manager.apply({ type: 'task.added', data: { ...step, task: 'build', number: 1, dependencies: [] } });
 * manager.apply({ type: 'task.added', data: { ...step, task: 'test', number: 2, dependencies: ['build'] } });
 * console.log(manager.next({ now: Date.now() })); // [ { type: 'start', task: 'build' } ]
 */
export class TaskManager {
  readonly #concurrency: number;
  readonly #nodes = new Map<string, Node>();
  readonly #ready: ReadyQueue<Node>;
  readonly #lost = new Set<string>();
  /** Tasks that are ready and take no place. */
  readonly #free = new Set<string>();
  readonly #waiting = new Set<string>();
  /** For each task, those that wait for it to end, however it ends. */
  readonly #awaiting = new Map<string, Set<string>>();
  /** Tasks that were added before one of their dependencies, by the name of that dependency. */
  readonly #early = new Map<string, Set<string>>();
  #running = 0;
  /** How many of them take a place. */
  #placed = 0;
  #open = 0;

  constructor({ concurrency, placement }: TaskManagerOptions) {
    this.#concurrency = Math.max(1, Math.floor(concurrency));
    this.#ready = new ReadyQueue<Node>(placement);
  }

  /** Ignores other events. Throws on an event that cannot follow from the state: the journal is then damaged. */
  apply(event: Pick<JournalEvent, 'type' | 'data'>): void {
    const { type, data } = event as JournalEvent;
    switch (type) {
      case 'task.added':
        this.#add(data);
        break;
      case 'task.started':
        this.#move(data.task, 'running');
        break;
      case 'task.waiting':
        this.#wait(data);
        break;
      case 'task.woken':
        this.#return(this.#node(data.task));
        break;
      case 'task.decided':
        // One that decides for itself is at work.
        if (this.#node(data.task).status === 'waiting') this.#return(this.#node(data.task));
        break;
      case 'task.reopened':
        this.#reopen(data.task);
        break;
      case 'task.completed':
        this.#end(data.task, 'completed');
        break;
      case 'task.failed':
        this.#end(data.task, 'failed');
        break;
      case 'task.cancelled':
        this.#end(data.task, 'cancelled');
        break;
      case 'task.skipped':
        this.#end(data.task, data.reason === 'condition' ? 'completed' : 'skipped', data.reason === 'condition' ? 'skipped' : undefined);
        break;
      default:
    }
  }

  /**
   * What to do now. Waiting tasks whose time has come are among those to start.
   * @throws MultiagentError `journal.inconsistent` if tasks are open and none of them can ever begin.
   */
  next({ now }: { now: number }): Decision[] {
    for (const name of this.#waiting) {
      const node = this.#node(name);
      if (node.wakeUp !== undefined && node.wakeUp <= now) this.#return(node);
    }
    const decisions: Decision[] = [...this.#lost].map((task) => ({ type: 'skip', task, because: first(this.#node(task).lost) ?? task }));
    for (const task of this.#free) decisions.push({ type: 'start', task });
    for (const { task } of this.#ready.best(this.#concurrency - this.#placed)) decisions.push({ type: 'start', task });
    if (decisions.length === 0 && this.#running === 0 && this.#waiting.size === 0 && !this.finished) throw this.#stuck();
    return decisions;
  }

  /** The earliest time at which `next` will have something new to say without any event. */
  nextWakeUp(): number | undefined {
    const times = [...this.#waiting].map((name) => this.#node(name).wakeUp).filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Every task has ended. */
  get finished(): boolean {
    return this.#open === 0;
  }

  /** @throws MultiagentError `journal.inconsistent` for a task that was never added. */
  statusOf(task: string): ScheduledStatus {
    return this.#node(task).status;
  }

  /** Tasks in the order in which they were added, and an edge from each dependency to the task that waits for it. */
  graph(): { nodes: { task: string; status: ScheduledStatus }[]; edges: { from: string; to: string }[] } {
    const nodes = [...this.#nodes.values()];
    return {
      nodes: nodes.map(({ task, status }) => ({ task, status })),
      edges: nodes.flatMap(({ task, dependencies }) => dependencies.map((from) => ({ from, to: task }))),
    };
  }

  #add({ task, dependencies, priority, number, place = 'model' }: ScheduledTask): void {
    if (this.#nodes.has(task)) throw broken(`task "${task}" was added twice`);
    const node: Node = {
      task,
      dependencies: [...new Set(dependencies)],
      priority,
      number,
      place,
      status: 'pending',
      done: false,
      dependents: this.#early.get(task) ?? new Set(),
      open: new Set(),
      lost: new Set(),
      wakeUp: undefined,
      awaited: new Set(),
      wakes: 'all',
    };
    this.#early.delete(task);
    for (const name of node.dependencies) {
      const dependency = this.#nodes.get(name);
      this.#dependentsOf(name).add(task);
      if (dependency?.done) continue;
      node.open.add(name);
      if (dependency !== undefined && ended.has(dependency.status)) node.lost.add(name);
    }
    this.#nodes.set(task, node);
    this.#open += 1;
    this.#settle(node);
  }

  #dependentsOf(name: string): Set<string> {
    const known = this.#nodes.get(name)?.dependents ?? this.#early.get(name);
    if (known !== undefined) return known;
    const early = new Set<string>();
    this.#early.set(name, early);
    return early;
  }

  #move(task: string, status: 'running' | 'waiting'): Node {
    const node = this.#node(task);
    this.#leave(node);
    node.status = status;
    if (status === 'running') {
      this.#running += 1;
      if (node.place === 'model') this.#placed += 1;
    } else this.#waiting.add(task);
    return node;
  }

  #wait({ task, until, tasks = [], wakes = 'all' }: Extract<JournalEvent, { type: 'task.waiting' }>['data']): void {
    const node = this.#move(task, 'waiting');
    node.wakeUp = until;
    node.wakes = wakes;
    for (const name of tasks) {
      if (ended.has(this.#node(name).status)) continue;
      node.awaited.add(name);
      const waiters = this.#awaiting.get(name) ?? new Set();
      this.#awaiting.set(name, waiters.add(task));
    }
    const enough = wakes === 'all' ? node.awaited.size === 0 : node.awaited.size < new Set(tasks).size;
    if (tasks.length > 0 && enough) this.#return(node);
  }

  /** `outcome` is what dependents see; `shown`, if given, is the status of the task itself. */
  #end(task: string, outcome: 'completed' | 'failed' | 'skipped' | 'cancelled', shown?: 'skipped'): void {
    const node = this.#node(task);
    this.#leave(node);
    node.status = shown ?? outcome;
    node.done = outcome === 'completed';
    this.#open -= 1;
    for (const name of node.dependents) {
      const dependent = this.#node(name);
      if (node.done) dependent.open.delete(task);
      else dependent.lost.add(task);
      this.#settle(dependent);
    }
    for (const name of this.#awaiting.get(task) ?? []) {
      const waiter = this.#node(name);
      if (waiter.awaited.delete(task) && (waiter.wakes === 'first' || waiter.awaited.size === 0)) this.#return(waiter);
    }
    this.#awaiting.delete(task);
  }

  /** Puts a task back to the beginning, whatever its status. Dependents that have neither begun nor ended wait for it again. */
  #reopen(task: string): void {
    const node = this.#node(task);
    if (ended.has(node.status)) this.#open += 1;
    else this.#leave(node);
    node.status = 'pending';
    node.done = false;
    for (const name of node.dependents) {
      const dependent = this.#node(name);
      dependent.open.add(task);
      dependent.lost.delete(task);
      this.#settle(dependent);
    }
    this.#settle(node);
  }

  /** Treats a waiting task like one that has not begun. */
  #return(node: Node): void {
    this.#leave(node);
    node.status = 'pending';
    this.#settle(node);
  }

  /** Gives a task that has neither begun nor ended the status that follows from its dependencies. */
  #settle(node: Node): void {
    if (node.status !== 'pending' && node.status !== 'ready') return;
    this.#leave(node);
    node.status = node.open.size === 0 ? 'ready' : 'pending';
    if (node.open.size === 0 && node.place === 'none') this.#free.add(node.task);
    else if (node.open.size === 0) this.#ready.add(node);
    else if (node.lost.size > 0) this.#lost.add(node.task);
  }

  #leave(node: Node): void {
    if (ended.has(node.status)) throw broken(`task "${node.task}" goes on after it was ${node.status}`);
    this.#lost.delete(node.task);
    if (node.status === 'ready') {
      this.#ready.remove(node);
      this.#free.delete(node.task);
    } else if (node.status === 'running') {
      this.#running -= 1;
      if (node.place === 'model') this.#placed -= 1;
    } else if (node.status === 'waiting') {
      this.#waiting.delete(node.task);
      node.awaited.clear();
    }
  }

  #stuck(): MultiagentError {
    const [missing] = this.#early.keys();
    if (missing !== undefined) return broken(`task "${missing}" is not known, and others depend on it`);
    const open = [...this.#nodes.values()].filter(({ status }) => !ended.has(status));
    return broken(`${open.map(({ task }) => `"${task}"`).join(', ')} wait for each other`);
  }

  #node(task: string): Node {
    const node = this.#nodes.get(task);
    if (node === undefined) throw broken(`task "${task}" is not known`);
    return node;
  }
}

function broken(what: string): MultiagentError {
  return new MultiagentError({ code: 'journal.inconsistent', message: `The events of this run contradict each other: ${what}.` });
}

function first(names: ReadonlySet<string>): string | undefined {
  return names.values().next().value;
}
