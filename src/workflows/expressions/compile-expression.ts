import { checkNode } from './check-node.ts';
import { evaluateNode, type ExpressionScope } from './evaluate-node.ts';
import { ExpressionError } from './expression-error.ts';
import { type ExpressionNames, type ExpressionType, mayBe, nameOfType } from './expression-type.ts';
import { type ExpressionNode, parseExpression } from './parse-expression.ts';
import { WorkBound } from './work-bound.ts';

/** A condition, or anything else that is worked out of what a run knows: CEL. */
export interface Expression {
  readonly text: string;
  /** Its value as plain data: the same for the same scope, whenever and wherever. @throws ExpressionError where there is none. */
  evaluate: (scope: ExpressionScope) => unknown;
  /** What its value is, as far as that is known beforehand. @throws ExpressionError for a name that is not known, or a wrong type. */
  check: (names: ExpressionNames, expected?: ExpressionType) => ExpressionType;
}

/** Those of the workflows that are at work; what was dropped is read again. */
const kept = new Map<string, ExpressionNode>();
const mostKept = 500;

/** @throws ExpressionError for a text that is no expression. */
export function compileExpression(text: string): Expression {
  const node = kept.get(text) ?? parseExpression(text);
  if (kept.size >= mostKept) kept.clear();
  kept.set(text, node);
  return {
    text,
    evaluate(scope) {
      const work = new WorkBound();
      const value = evaluateNode(node, scope, work);
      return plainValue(value, work);
    },
    check(names, expected = 'any') {
      const type = checkNode(node, names);
      if (mayBe(type, expected)) return type;
      throw new ExpressionError(`expected ${nameOfType(expected)}, found ${nameOfType(type)}`);
    },
  };
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
