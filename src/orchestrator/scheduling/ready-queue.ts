import type { PlacementPolicy, ScheduledTask } from './scheduled-task.ts';

const inWorkflowOrder: PlacementPolicy = ([first]) => first!;

/** A placement may look at the prompt of each task, so it is shown only the first tasks of the workflow, in order. */
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

  /** Up to `count` tasks, in the order in which to start them. They stay in the queue. */
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

/** The index of a task among others in workflow order, or the index at which to insert it. */
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
