import { nearestName } from '../../utils/nearest-name.ts';
import { shownName } from '../../utils/printable.ts';
import { ExpressionError } from './expression-error.ts';
import { expressionFunctions, listMacros } from './expression-functions.ts';
import { type ExpressionNames, type ExpressionType, mayBe, nameOfType, typeOfValue } from './expression-type.ts';
import { type ExpressionNode, literalOf } from './parse-expression.ts';

/** The type of an expression's value. @throws ExpressionError for a name that is not known, or a value of a type that cannot stand where it does. */
export function checkNode(node: ExpressionNode, names: ExpressionNames): ExpressionType {
  const check = (part: ExpressionNode) => checkNode(part, names);
  const expect = (part: ExpressionNode, expected: ExpressionType, what: string): ExpressionType => {
    const found = check(part);
    if (!mayBe(found, expected)) throw wrong(part, `${what} expects ${nameOfType(expected)}, and this is ${nameOfType(found)}`);
    return found;
  };
  switch (node.op) {
    case 'value':
      return typeOfValue(literalOf(node));
    case 'id':
      return typeOfName(names, node.args, { node, whole: 'the name' });
    case '.':
      return member(check(node.args[0]), node.args[1], node, node.args[0]);
    case '[]': {
      const [whole, index] = node.args;
      const type = check(whole);
      if (typeof type === 'object' && 'list' in type) {
        expect(index, 'number', 'the place in a list');
        return type.list;
      }
      if (type === 'text' || type === 'number' || type === 'boolean' || type === 'null')
        throw wrong(whole, `${nameOfType(type)} has nothing in it`);
      if (index.op === 'value' && typeof index.args === 'string') return member(type, index.args, index, whole);
      check(index);
      return 'any';
    }
    case 'call':
    case 'rcall':
      return checkCall(node, names);
    case 'list':
      return { list: joined(node.args.map(check)) };
    case 'map':
      for (const [key, value] of node.args) {
        expect(key, 'text', 'a key');
        check(value);
      }
      return 'map';
    case '?:': {
      const [condition, yes, no] = node.args;
      expect(condition, 'boolean', 'what stands before "?"');
      return joined([check(yes), check(no)]);
    }
    case '&&':
    case '||':
      for (const part of node.args) expect(part, 'boolean', node.op);
      return 'boolean';
    case '!_':
      expect(node.args, 'boolean', '!');
      return 'boolean';
    case '-_':
      expect(node.args, 'number', '-');
      return 'number';
    case '==':
    case '!=':
    case 'in':
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return typeOfOperation(node, check(node.args[0]), check(node.args[1]));
    default:
      throw wrong(node, 'this form is not supported');
  }
}

function typeOfName(names: ExpressionNames, name: string, { node, whole }: { node: ExpressionNode; whole: string }): ExpressionType {
  if (Object.hasOwn(names, name)) return names[name] ?? 'any';
  const known = Object.keys(names);
  const near = nearestName(name, known);
  const help =
    near !== undefined ? `; did you mean ${near}?` : known.length > 0 && known.length <= 12 ? `; there are ${known.join(', ')}` : '';
  throw wrong(node, `${whole} ${shownName(name)} is not known${help}`, 'end');
}

function member(type: ExpressionType, name: string, node: ExpressionNode, whole: ExpressionNode): ExpressionType {
  if (type === 'any' || type === 'map') return 'any';
  if (typeof type === 'object' && 'names' in type) return typeOfName(type.names, name, { node, whole: `in ${textOf(whole)} the name` });
  throw wrong(node, `${nameOfType(type)} has no ${shownName(name)}`, 'end');
}

function checkCall(node: Extract<ExpressionNode, { op: 'call' | 'rcall' }>, names: ExpressionNames): ExpressionType {
  const name = node.args[0];
  const [receiver, args] = node.op === 'rcall' ? [node.args[1], node.args[2]] : [undefined, node.args[1]];
  if (name === 'has' && receiver === undefined) {
    const [part] = args;
    if (args.length !== 1 || part?.op !== '.') throw wrong(node, 'has expects a name behind a dot: has(steps.review.json.summary)');
    checkNode(part, names);
    return 'boolean';
  }
  if (receiver !== undefined && listMacros.has(name)) return checkMacro(name, node, { receiver, args, names });
  if (name === 'matches')
    throw wrong(node, 'matches is not supported, since a pattern can take without end; use contains, startsWith or endsWith');
  const forms = expressionFunctions.get(name);
  if (forms === undefined) {
    const near = nearestName(name, [...expressionFunctions.keys(), ...listMacros, 'has']);
    throw wrong(node, `there is no function ${shownName(name)}${near === undefined ? '' : `; did you mean ${near}?`}`);
  }
  const form = forms.find(({ on }) => (on === undefined) === (receiver === undefined));
  if (form === undefined)
    throw wrong(node, receiver === undefined ? `${name} stands behind a dot: value.${name}()` : `${name} stands before its value`);
  const least = form.takes.length - (form.optional ?? 0);
  if (args.length < least || args.length > form.takes.length) {
    throw wrong(
      node,
      `${name} takes ${form.takes.length === 0 ? 'nothing' : form.takes.map(nameOfType).join(' and ')} between its brackets`,
    );
  }
  const given = [...(receiver === undefined ? [] : [receiver]), ...args];
  const expected = [...(form.on === undefined ? [] : [form.on]), ...form.takes];
  for (const [index, part] of given.entries()) {
    const type = expected[index] ?? 'any';
    const found = checkNode(part, names);
    if (!mayBe(found, type)) throw wrong(part, `${name} expects ${nameOfType(type)}, and this is ${nameOfType(found)}`);
  }
  return form.gives;
}

function checkMacro(
  name: string,
  node: ExpressionNode,
  { receiver, args, names }: { receiver: ExpressionNode; args: readonly ExpressionNode[]; names: ExpressionNames },
): ExpressionType {
  const type = checkNode(receiver, names);
  const isList = typeof type === 'object' && 'list' in type;
  if (!isList && !mayBe(type, 'map')) throw wrong(receiver, `${name} goes over a list, and this is ${nameOfType(type)}`);
  const [variable, ...bodies] = args;
  if (variable?.op !== 'id' || bodies.length < 1 || bodies.length > (name === 'map' ? 2 : 1))
    throw wrong(node, `${name} takes a name and what is asked of each: list.${name}(x, …)`);
  const inside = { ...names, [variable.args]: isList ? type.list : type === 'any' ? ('any' as const) : ('text' as const) };
  const types = bodies.map((body) => checkNode(body, inside));
  const last = types.at(-1) ?? 'any';
  const conditions = name === 'map' ? types.slice(0, -1) : types;
  for (const [index, found] of conditions.entries()) {
    if (!mayBe(found, 'boolean')) throw wrong(bodies[index] ?? node, `${name} expects true or false, and this is ${nameOfType(found)}`);
  }
  if (name === 'map') return { list: last };
  return name === 'filter' ? { list: inside[variable.args] ?? 'any' } : 'boolean';
}

function typeOfOperation(
  node: Extract<ExpressionNode, { op: '==' | '!=' | 'in' | '+' | '-' | '*' | '/' | '%' | '<' | '<=' | '>' | '>=' }>,
  left: ExpressionType,
  right: ExpressionType,
): ExpressionType {
  const { op } = node;
  const unfit = () => wrong(node, `${op} cannot be used with ${nameOfType(left)} and ${nameOfType(right)}`);
  switch (op) {
    case '==':
    case '!=':
      if (left !== 'null' && right !== 'null' && !mayBe(left, right) && !mayBe(right, left))
        throw wrong(node, `${nameOfType(left)} is never equal to ${nameOfType(right)}`);
      return 'boolean';
    case 'in':
      if (right === 'any' || right === 'map' || (typeof right === 'object' && 'names' in right)) return 'boolean';
      if (typeof right === 'object' && 'list' in right && (mayBe(left, right.list) || mayBe(right.list, left))) return 'boolean';
      throw unfit();
    case '+':
      if (left === 'any') return right === 'text' || right === 'number' ? right : 'any';
      if (left !== 'text' && left !== 'number' && !(typeof left === 'object' && 'list' in left)) throw unfit();
      if (typeof left === 'object') {
        if (!mayBe(right, { list: 'any' })) throw unfit();
        return { list: 'any' };
      }
      if (!mayBe(right, left)) throw unfit();
      return left;
    case '<':
    case '<=':
    case '>':
    case '>=':
      for (const type of ['number', 'text'] as const) if (mayBe(left, type) && mayBe(right, type)) return 'boolean';
      throw unfit();
    default:
      if (!mayBe(left, 'number') || !mayBe(right, 'number')) throw unfit();
      return 'number';
  }
}

/** What all of them are, if they are alike. */
function joined(types: readonly ExpressionType[]): ExpressionType {
  const [first = 'any', ...others] = types;
  return others.every((type) => type === first) ? first : 'any';
}

/** A dotted name as it is written, for messages. */
function textOf(node: ExpressionNode): string {
  return shownName(node.input.slice(node.start, node.end));
}

/** `end`: the error is about the name with which the node ends. */
function wrong(node: ExpressionNode, message: string, place: 'start' | 'end' = 'start'): ExpressionError {
  const at = place === 'end' && node.op === '.' ? node.end - node.args[1].length : node.start;
  return new ExpressionError(message, { at });
}
