import { ExpressionError } from '../../../src/workflows/expressions/expression-error.ts';

/** What is said of an expression, and the place. Anything that is no error of an expression is thrown. */
export function errorOf(work: () => unknown): { message: string; at: number } | undefined {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { message: error.message, at: error.at };
  }
  return undefined;
}
