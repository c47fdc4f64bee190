import { ExpressionError } from './expression-error.ts';
import type { ExpressionNode } from './parse-expression.ts';

/** The value that is written in an expression. There is one kind of number. @throws ExpressionError for bytes, and for whole numbers that are not exact. */
export function literalOf(node: Extract<ExpressionNode, { op: 'value' }>): string | number | boolean | null {
  const value = node.args;
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  if (value instanceof Uint8Array) throw new ExpressionError('bytes are not supported', { at: node.start });
  const whole = Number(typeof value === 'bigint' ? value : value.valueOf());
  if (!Number.isSafeInteger(whole)) throw new ExpressionError('the number is too large', { at: node.start });
  return whole;
}
