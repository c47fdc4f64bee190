import { ExpressionError } from './expression-error.ts';

/** About a tenth of a second, whatever is done with it. */
const most = 1_000_000;

/** How much work one evaluation may take: a unit is a step of it, or a character that it reads or writes. */
export class WorkBound {
  #left = most;

  /** @throws ExpressionError that nothing catches. */
  spend(amount: number, at: number): void {
    this.#left -= amount;
    if (this.#left < 0) throw new ExpressionError('it would take too much work: the values are too large for it', { at, isFinal: true });
  }
}
