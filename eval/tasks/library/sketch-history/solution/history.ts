/** The states of a sketch, with a bounded number of steps back. */
export class SketchHistory<T> {
  #current: T;
  #limit: number;
  #past: T[] = [];
  #future: T[] = [];

  constructor(first: T, limit: number = 20) {
    if (!Number.isInteger(limit) || limit < 1) {
      throw new RangeError("limit must be at least 1");
    }
    this.#current = first;
    this.#limit = limit;
  }

  get current(): T {
    return this.#current;
  }

  get undoCount(): number {
    return this.#past.length;
  }

  get redoCount(): number {
    return this.#future.length;
  }

  record(state: T): void {
    if (state === this.#current) {
      return;
    }
    this.#past.push(this.#current);
    if (this.#past.length > this.#limit) {
      this.#past.shift();
    }
    this.#current = state;
    this.#future = [];
  }

  undo(): T {
    if (this.#past.length === 0) {
      throw new Error("nothing to undo");
    }
    this.#future.push(this.#current);
    this.#current = this.#past.pop() as T;
    return this.#current;
  }

  redo(): T {
    if (this.#future.length === 0) {
      throw new Error("nothing to redo");
    }
    this.#past.push(this.#current);
    this.#current = this.#future.pop() as T;
    return this.#current;
  }

  move(steps: number): number {
    const possible = steps < 0 ? this.undoCount : this.redoCount;
    const going = Math.min(Math.abs(steps), possible);
    for (let step = 0; step < going; step += 1) {
      if (steps < 0) {
        this.undo();
      } else {
        this.redo();
      }
    }
    return going;
  }
}
