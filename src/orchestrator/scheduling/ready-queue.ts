import type { PlacementPolicy, ScheduledTask } from './scheduled-task.ts';

const inWorkflowOrder: PlacementPolicy = ([first]) => first!;

/** A placement may look at what each task will be sent, so it is shown only those that come first in the workflow, in their order. */
export const mostCompared = 64;

/** The tasks that could start now: larger priority first, ties by the placement policy. */
export class ReadyQueue<Task extends ScheduledTask> {
  readonly #placement: PlacementPolicy;
  readonly #byPriority = new Map<number, Task[]>();

  constructor(placement: PlacementPolicy = inWorkflowOrder) {
    this.#placement = placement;
  }

  /** @param task One that is not in the queue. */
  add(task: Task): void {
    const peers = this.#byPriority.get(task.priority);
    if (peers === undefined) this.#byPriority.set(task.priority, [task]);
    else peers.splice(placeOf(peers, task), 0, task);
  }

  remove(task: Task): void {
    const peers = this.#byPriority.get(task.priority);
    if (peers === undefined) return;
    const place = placeOf(peers, task);
    if (peers[place] === task) peers.splice(place, 1);
    if (peers.length === 0) this.#byPriority.delete(task.priority);
  }

  /** Up to `count` tasks, the one to start first in front. They stay in the queue. */
  best(count: number): ScheduledTask[] {
    const chosen: ScheduledTask[] = [];
    for (const priority of [...this.#byPriority.keys()].sort((a, b) => b - a)) {
      const peers = this.#byPriority.get(priority) ?? [];
      const compared: ScheduledTask[] = peers.slice(0, mostCompared);
      for (let next = compared.length; chosen.length < count && compared.length > 0; next += 1) {
        const best = this.#placement(compared);
        compared.splice(compared.indexOf(best), 1);
        chosen.push(best);
        if (next < peers.length) compared.push(peers[next]!);
      }
      if (chosen.length >= count) break;
    }
    return chosen;
  }
}

/** Where a task stands among others in the order of the workflow, or is to be put. */
function placeOf(peers: readonly ScheduledTask[], { number, task }: ScheduledTask): number {
  let [low, high] = [0, peers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = peers[middle]!;
    if (other.number < number || (other.number === number && other.task < task)) low = middle + 1;
    else high = middle;
  }
  return low;
}
