/** What is wrong with an expression, or with what it was given. `at`: where in its text, counted from 0. */
export class ExpressionError extends Error {
  readonly at: number;
  /** It would take too much work; no other part of the expression makes up for that. */
  readonly isFinal: boolean;

  constructor(message: string, { at = 0, isFinal = false }: { at?: number | undefined; isFinal?: boolean } = {}) {
    super(message);
    this.name = 'ExpressionError';
    this.at = at;
    this.isFinal = isFinal;
  }
}
