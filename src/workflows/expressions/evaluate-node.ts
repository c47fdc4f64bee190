import { shownName } from '../../utils/printable.ts';
import { equalValues, keysOf } from './equal-values.ts';
import { ExpressionError } from './expression-error.ts';
import { expressionFunctions, type FunctionCall, listMacros } from './expression-functions.ts';
import { mayBe, nameOfType, typeOfValue } from './expression-type.ts';
import { LazyNames } from './lazy-names.ts';
import { calculate, compare, elementOf, either, isIn, keyOf, memberOf, numberIn, sum, valueIn } from './operations.ts';
import { type ExpressionNode, literalOf } from './parse-expression.ts';
import type { WorkBound } from './work-bound.ts';

/** The values of the names that an expression may use. */
export type ExpressionScope = Readonly<Record<string, unknown>>;

/**
 * The value of an expression: plain data. The library could work it out, too; this is bounded, because each step is counted, and has one kind of number.
 * @throws ExpressionError where a value is not there, is of the wrong type, or where it would take too much work.
 */
export function evaluateNode(node: ExpressionNode, scope: ExpressionScope, work: WorkBound): unknown {
  work.spend(1, node.start);
  const value = (part: ExpressionNode) => evaluateNode(part, scope, work);
  const spend = (amount: number) => work.spend(amount, node.start);
  switch (node.op) {
    case 'value':
      return literalOf(node);
    case 'id':
      return memberOf(scope, node.args, node.start);
    case '.':
      return memberOf(value(node.args[0]), node.args[1], node.start);
    case '[]':
      return elementOf(value(node.args[0]), value(node.args[1]), node.start);
    case 'call':
    case 'rcall':
      return call(node, scope, work);
    case 'list':
      return node.args.map(value);
    case 'map':
      return Object.fromEntries(node.args.map(([key, part]) => [keyOf(value(key), key.start), value(part)]));
    case '?:':
      return condition(value(node.args[0]), 'what stands before "?"', node.start) ? value(node.args[1]) : value(node.args[2]);
    case '&&':
    case '||': {
      const [left, right] = node.args.map((part) => () => condition(value(part), node.op, part.start));
      return either(node.op === '||', [left!, right!]);
    }
    case '!_':
      return !condition(value(node.args), '!', node.start);
    case '-_':
      return -numberIn(value(node.args), '-', node.start);
    case '==':
    case '!=':
      return equalValues(value(node.args[0]), value(node.args[1]), spend) === (node.op === '==');
    case 'in':
      return isIn(value(node.args[0]), value(node.args[1]), { spend, at: node.start });
    case '+':
      return sum(value(node.args[0]), value(node.args[1]), { spend, at: node.start });
    case '-':
    case '*':
    case '/':
    case '%':
      return calculate(node.op, [value(node.args[0]), value(node.args[1])], node.start);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(node.op, [value(node.args[0]), value(node.args[1])], { spend, at: node.start });
    default:
      throw new ExpressionError('this form is not supported', { at: node.start });
  }
}

function condition(found: unknown, what: string, at: number): boolean {
  if (typeof found === 'boolean') return found;
  throw new ExpressionError(`${what} expects true or false, and this is ${nameOfType(typeOfValue(found))}`, { at });
}

function call(node: Extract<ExpressionNode, { op: 'call' | 'rcall' }>, scope: ExpressionScope, work: WorkBound): unknown {
  const name = node.args[0];
  const [receiver, args] = node.op === 'rcall' ? [node.args[1], node.args[2]] : [undefined, node.args[1]];
  const at = node.start;
  if (name === 'has' && receiver === undefined) {
    const [part] = args;
    if (part?.op !== '.') throw new ExpressionError('has expects a name behind a dot', { at });
    const found = valueIn(evaluateNode(part.args[0], scope, work), part.args[1]);
    return found !== undefined && found !== null;
  }
  if (receiver !== undefined && listMacros.has(name)) {
    const [variable, body, last] = args;
    if (variable?.op !== 'id' || body === undefined) throw new ExpressionError(`${name} takes a name and what is asked of each`, { at });
    const made = (part: ExpressionNode) => (item: unknown) => evaluateNode(part, { ...scope, [variable.args]: item }, work);
    const holds = (item: unknown) => condition(made(body)(item), name, body.start);
    const items = itemsOf(evaluateNode(receiver, scope, work), name, { spend: (amount) => work.spend(amount, at), at });
    if (name !== 'map') return goOver(name, items, holds);
    return last === undefined ? items.map(made(body)) : items.filter(holds).map(made(last));
  }
  const form = expressionFunctions.get(name)?.find(({ on }) => (on === undefined) === (receiver === undefined));
  if (form === undefined) throw new ExpressionError(`there is no function ${shownName(name)}`, { at });
  const parts = [...(receiver === undefined ? [] : [receiver]), ...args];
  const expected = [...(form.on === undefined ? [] : [form.on]), ...form.takes];
  if (parts.length > expected.length || parts.length < expected.length - (form.optional ?? 0))
    throw new ExpressionError(`${name} is called with the wrong number of values`, { at });
  const values = parts.map((part, index) => {
    const value = evaluateNode(part, scope, work);
    const type = expected[index] ?? 'any';
    if (mayBe(typeOfValue(value), type)) return value;
    throw new ExpressionError(`${name} expects ${nameOfType(type)}, and this is ${nameOfType(typeOfValue(value))}`, { at: part.start });
  });
  return form.run(values, { spend: (amount) => work.spend(amount, at), at });
}

function itemsOf(over: unknown, name: string, { spend, at }: FunctionCall): unknown[] {
  if (Array.isArray(over)) return over;
  if (typeof over === 'object' && over !== null && !(over instanceof LazyNames)) return keysOf(over, spend);
  throw new ExpressionError(`${name} goes over a list, and this is ${nameOfType(typeOfValue(over))}`, { at });
}

function goOver(name: string, items: unknown[], holds: (item: unknown) => boolean): unknown {
  switch (name) {
    case 'all':
    case 'exists':
      // One after the other: what comes behind the item that decides costs nothing, and is not counted.
      return either(
        name === 'exists',
        Iterator.from(items).map((item) => () => holds(item)),
      );
    case 'exists_one':
      return items.filter(holds).length === 1;
    default:
      return items.filter(holds);
  }
}
