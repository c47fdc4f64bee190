import { evaluateNode, type ExpressionScope } from './evaluate-node.ts';
import { ExpressionError } from './expression-error.ts';
import { parseExpression } from './parse-expression.ts';
import { WorkBound } from './work-bound.ts';

/**
 * The value of an expression as plain data: the same for the same scope, whenever and wherever.
 * @throws ExpressionError for a text that is no expression, and where there is no value.
 */
export function evaluateExpression(text: string, scope: ExpressionScope): unknown {
  const work = new WorkBound();
  return plainValue(evaluateNode(parseExpression(text), scope, work), work);
}

/** Whether a value is data: what stands for others (`steps`) is not. It may be built of the same large text many times, so that it is counted. */
function plainValue(value: unknown, work: WorkBound, depth = 0): unknown {
  work.spend(typeof value === 'string' ? 1 + value.length : 1, 0);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 50) throw new ExpressionError('the value is nested too deep', { isFinal: true });
  if (Array.isArray(value)) return value.map((item) => plainValue(item, work, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) throw new ExpressionError('the value is no data; name what you need of it');
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plainValue(item, work, depth + 1)]));
}
