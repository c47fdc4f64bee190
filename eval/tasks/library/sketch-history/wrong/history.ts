export class SketchHistory<T> {
  private states: T[];
  private index: number = 0;
  private limit: number;

  constructor(first: T, limit: number = 20) {
    if (limit < 1) {
      throw new RangeError("limit must be at least 1");
    }
    this.states = [first];
    this.limit = limit;
  }

  get current(): T {
    return this.states[this.index];
  }

  get undoCount(): number {
    return this.index;
  }

  get redoCount(): number {
    return this.states.length - 1 - this.index;
  }

  record(state: T): void {
    this.states = this.states.slice(0, this.index + 1);
    this.states.push(state);
    if (this.states.length > this.limit) {
      this.states.shift();
    }
    this.index = this.states.length - 1;
  }

  undo(): T {
    if (this.index === 0) {
      throw new Error("nothing to undo");
    }
    this.index--;
    return this.current;
  }

  redo(): T {
    if (this.redoCount === 0) {
      throw new Error("nothing to redo");
    }
    this.index++;
    return this.current;
  }

  move(steps: number): number {
    const target = Math.max(0, Math.min(this.states.length - 1, this.index + steps));
    const moved = target - this.index;
    this.index = target;
    return moved;
  }
}
