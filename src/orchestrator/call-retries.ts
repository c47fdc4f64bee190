/**
 * How often the calls of a task may be repeated. The retries of a call and those of its task do not multiply: once the calls have used up theirs, each further
 * attempt of the task makes one call, until a call succeeds. So a server that is gone is asked `1 + llm_max_retries + task_retry_attempts` times for a task.
 */
export class CallRetries {
  readonly #most: number;
  readonly #failures = new Map<string, number>();

  /** @param most For one call, and for all calls of a task in a row that fail. */
  constructor(most: number) {
    this.#most = most;
  }

  left(task: string): number {
    return Math.max(0, this.#most - this.failuresOf(task));
  }

  /** Calls that have failed in a row. */
  failuresOf(task: string): number {
    return this.#failures.get(task) ?? 0;
  }

  callEnded(task: string, end: 'failed' | 'succeeded'): void {
    if (end === 'failed') this.#failures.set(task, this.failuresOf(task) + 1);
    else this.#failures.delete(task);
  }
}
