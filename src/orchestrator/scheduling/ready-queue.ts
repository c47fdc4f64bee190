import type { PlacementPolicy, ScheduledTask } from './scheduled-task.ts';

const inWorkflowOrder: PlacementPolicy = (ready) => ready.reduce((first, task) => (task.number < first.number ? task : first));

/** The tasks that could start now: larger priority first, ties by the placement policy. */
export class ReadyQueue<Task extends ScheduledTask> {
  readonly #placement: PlacementPolicy;
  readonly #byPriority = new Map<number, Set<Task>>();

  constructor(placement: PlacementPolicy = inWorkflowOrder) {
    this.#placement = placement;
  }

  add(task: Task): void {
    const peers = this.#byPriority.get(task.priority);
    if (peers) peers.add(task);
    else this.#byPriority.set(task.priority, new Set([task]));
  }

  remove(task: Task): void {
    const peers = this.#byPriority.get(task.priority);
    peers?.delete(task);
    if (peers?.size === 0) this.#byPriority.delete(task.priority);
  }

  /** Up to `count` tasks, the one to start first in front. They stay in the queue. */
  best(count: number): ScheduledTask[] {
    const chosen: ScheduledTask[] = [];
    for (const priority of [...this.#byPriority.keys()].sort((a, b) => b - a)) {
      const peers: ScheduledTask[] = [...(this.#byPriority.get(priority) ?? [])];
      while (chosen.length < count && peers.length > 0) {
        const best = this.#placement(peers);
        peers.splice(peers.indexOf(best), 1);
        chosen.push(best);
      }
    }
    return chosen;
  }
}
