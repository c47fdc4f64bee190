import { checkNode } from './check-node.ts';
import { ExpressionError } from './expression-error.ts';
import { type ExpressionNames, type ExpressionType, mayBe, nameOfType } from './expression-type.ts';
import { parseExpression } from './parse-expression.ts';

/**
 * What the value of an expression is, as far as that is known before there is one.
 * @throws ExpressionError for a text that is no expression, a name that is not known, or a wrong type.
 */
export function checkExpression(text: string, names: ExpressionNames, expected: ExpressionType = 'any'): ExpressionType {
  const type = checkNode(parseExpression(text), names);
  if (mayBe(type, expected)) return type;
  throw new ExpressionError(`expected ${nameOfType(expected)}, found ${nameOfType(type)}`);
}
