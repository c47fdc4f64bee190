import { type AskedModel, HeldModels, type ModelHost } from '../../llm/routing/model-changes.ts';
import type { ScheduledTask } from './scheduled-task.ts';

/** A task to be put into an order; absent `asks`: it asks no model. */
export interface TaskWithModel extends ScheduledTask {
  asks?: AskedModel | undefined;
}

/** With more tasks than this, ways to go on are not compared: it would take too long. */
const mostCompared = 64;

/**
 * An order in which tasks can be done one at a time, as dependencies and priorities allow, that has servers load few models: one that is loaded is asked as long
 * as a task is ready for it, and the next is the one with which the rest takes the fewest loads. It never has more loads than the order of the workflow.
 * Dependencies that are not among the tasks count as done.
 */
export function orderByChanges<Task extends TaskWithModel>(
  tasks: readonly Task[],
  hosts: ReadonlyMap<string, ModelHost>,
  held: HeldModels = new HeldModels(hosts),
): Task[] {
  const plain = goOn(new Order(tasks, held), (ready) => ready[0]!);
  if (plain.loads === 0) return plain.done;
  const few = goOn(new Order(tasks, held), (ready, order) => {
    const loaded = stay(ready, order);
    if (loaded !== undefined) return loaded;
    const firsts = [...Map.groupBy(ready, ({ asks }) => JSON.stringify(asks)).values()].map(([first]) => first!);
    if (firsts.length === 1 || tasks.length > mostCompared) return firsts[0]!;
    const rest = firsts.map((first) => {
      const copy = order.copy();
      copy.take(first);
      return goOn(copy, (others, next) => stay(others, next) ?? others[0]!).loads;
    });
    return firsts[rest.indexOf(Math.min(...rest))]!;
  });
  return (few.loads < plain.loads ? few : plain).done;
}

/** The first that needs no load. */
function stay<Task extends TaskWithModel>(ready: readonly Task[], order: Order<Task>): Task | undefined {
  return ready.find(({ asks }) => asks === undefined || order.held.has(asks));
}

function goOn<Task extends TaskWithModel>(order: Order<Task>, choose: (ready: readonly Task[], order: Order<Task>) => Task): Order<Task> {
  for (let ready = order.ready(); ready.length > 0; ready = order.ready()) order.take(choose(ready, order));
  return order;
}

/** Tasks of which some are done. */
class Order<Task extends TaskWithModel> {
  readonly held: HeldModels;
  readonly done: Task[] = [];
  loads = 0;
  /** In workflow order. */
  readonly #left: Map<string, Task>;

  constructor(tasks: Iterable<Task>, held: HeldModels) {
    this.held = held.copy();
    this.#left = new Map([...tasks].toSorted((a, b) => a.number - b.number).map((task) => [task.task, task]));
  }

  /** Those of the highest priority among the ready ones. */
  ready(): Task[] {
    const ready = [...this.#left.values()].filter(({ dependencies }) => dependencies.every((task) => !this.#left.has(task)));
    const highest = ready.reduce((most, { priority }) => Math.max(most, priority), -Infinity);
    return ready.filter(({ priority }) => priority === highest);
  }

  take(task: Task): void {
    this.#left.delete(task.task);
    this.done.push(task);
    if (task.asks !== undefined && this.held.ask(task.asks).load !== undefined) this.loads += 1;
  }

  copy(): Order<Task> {
    const copy = new Order(this.#left.values(), this.held);
    copy.done.push(...this.done);
    copy.loads = this.loads;
    return copy;
  }
}
