import { enclosingFunction, isParameter, nameOf, type Node, parameterFor, type Place, propertyOf, takenOut } from './error-sites.ts';

/** An expression, with the calls that fill the parameters around it. */
export interface Reading extends Place {
  calls: readonly Call[];
}

/** A call, and the function that is called. */
export interface Call {
  of: Node;
  place: Place;
}

/** Stands for what is filled in. */
export const filledIn = '…';

/** A property of an object, also one that comes from another object in it, or from one around it. */
export function partOf(reading: Reading, name: string): Reading | undefined {
  const { node, around } = reading;
  const own = propertyOf(node, name);
  if (own !== undefined) return { ...reading, node: own };
  for (const spread of (node['properties'] as Node[]).filter(({ type }) => type === 'SpreadElement')) {
    const given = nameOf(spread['argument']);
    const value = given === undefined ? undefined : valueOf(given, reading);
    const part = typeof value === 'object' && value.node.type === 'ObjectExpression' ? propertyOf(value.node, name) : undefined;
    if (part !== undefined) return { ...(value as Reading), node: part };
  }
  const outer = around.findLast(({ type }) => type === 'ObjectExpression' || type === 'SpreadElement' || type === 'Property');
  const whole = outer?.type === 'SpreadElement' ? around[around.indexOf(outer) - 1] : undefined;
  const part = whole?.type === 'ObjectExpression' ? propertyOf(whole, name) : undefined;
  return part === undefined ? undefined : { ...reading, node: part };
}

/** What a name stands for: an argument, or what a constant is set to. `nothing`: an argument that is left out. Undefined: it is known only when the program runs. */
export function valueOf(name: string, reading: Reading): Reading | 'nothing' | undefined {
  const call = reading.calls.find(({ of }) => reading.around.includes(of) && isParameter(name, of));
  if (call !== undefined) return argumentFor(name, call, reading);
  const inner = enclosingFunction(reading);
  for (const scope of reading.around.toReversed()) {
    const found = constantIn(scope, name);
    if (found !== undefined) return { ...reading, node: found };
    if (scope === inner && isParameter(name, scope)) return undefined;
  }
  return undefined;
}

function argumentFor(name: string, call: Call, reading: Reading): Reading | 'nothing' | undefined {
  const { parameter, index, isTakenOut } = parameterFor(name, call.of)!;
  const given = (call.place.node['arguments'] as Node[])[index];
  const outside = { ...call.place, calls: reading.calls.slice(reading.calls.indexOf(call) + 1) };
  const node = !isTakenOut || given === undefined ? given : given.type === 'ObjectExpression' ? propertyOf(given, name) : undefined;
  if (node !== undefined) return { ...outside, node };
  const part = isTakenOut ? takenOut(parameter).find((each) => nameOf(each) === name) : parameter;
  if (part?.type === 'AssignmentPattern') return { ...reading, node: part['right'] as Node };
  return given === undefined || given.type === 'ObjectExpression' ? 'nothing' : undefined;
}

function constantIn(scope: Node, name: string): Node | undefined {
  const statements = scope.type === 'BlockStatement' || scope.type === 'Program' ? (scope['body'] as Node[]) : [];
  for (const statement of statements) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? (statement['declaration'] as Node | null) : statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    const found = (declaration['declarations'] as Node[]).find(({ id }) => nameOf(id) === name);
    if (found?.['init'] != null) return found['init'] as Node;
  }
  return undefined;
}

/** The sentences that an expression may be, with `…` for what is filled in; none if it is missing. */
export function textsOf(reading: Reading | undefined): string[] {
  if (reading === undefined) return [];
  const { node } = reading;
  const part = (name: string) => textsOf({ ...reading, node: node[name] as Node });
  switch (node.type) {
    case 'Literal':
      return [String(node['value'])];
    case 'TemplateLiteral':
      return [templateText(reading)];
    case 'ConditionalExpression':
      return [...part('consequent'), ...part('alternate')];
    case 'LogicalExpression':
      return part('right');
    case 'TSAsExpression':
    case 'TSNonNullExpression':
      return part('expression');
    case 'BinaryExpression':
      return part('left').flatMap((left) => part('right').map((right) => left + right));
    case 'Identifier': {
      if (node['name'] === 'undefined') return [];
      const value = valueOf(node['name'] as string, reading);
      return value === 'nothing' ? [] : value === undefined ? [filledIn] : textsOf(value);
    }
    default:
      return [filledIn];
  }
}

function templateText(reading: Reading): string {
  const { quasis, expressions } = reading.node as unknown as { quasis: { value: { cooked: string } }[]; expressions: Node[] };
  const text = quasis.map(({ value }, index) => value.cooked + insertedText(expressions[index], reading)).join('');
  return text.replaceAll(/…{2,}/g, filledIn);
}

/** What stands in a sentence in the place of a name, if that is certain. */
function insertedText(node: Node | undefined, reading: Reading): string {
  if (node === undefined) return '';
  const name = nameOf(node);
  const value = name === undefined ? undefined : valueOf(name, reading);
  if (typeof value !== 'object') return filledIn;
  if (nameOf(value.node) !== undefined) return insertedText(value.node, value);
  return value.node.type === 'Literal' || value.node.type === 'TemplateLiteral' ? textsOf(value).join('') : filledIn;
}

/**
 * The codes that an expression may be; none where it is handed on from another error.
 * @throws Error where it is put together so that it cannot be read in the source.
 */
export function codesOf(reading: Reading): string[] {
  const { node, file } = reading;
  const part = (name: string) => codesOf({ ...reading, node: node[name] as Node });
  switch (node.type) {
    case 'Literal':
      return [String(node['value'])];
    case 'ConditionalExpression':
      return [...part('consequent'), ...part('alternate')];
    case 'LogicalExpression':
      return [...part('left'), ...part('right')];
    case 'ChainExpression':
    case 'TSAsExpression':
      return part('expression');
    case 'ObjectExpression':
      return (node['properties'] as Node[]).flatMap(({ value }) => codesOf({ ...reading, node: value as Node }));
    case 'MemberExpression':
      if (node['computed'] === true) return codesInTable(reading);
      if (nameOf(node['property']) === 'code') return [];
      break;
    case 'TemplateLiteral': {
      const [first, last] = (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
      const [expression, ...others] = node['expressions'] as Node[];
      if (expression === undefined || others.length > 0) break;
      return codesOf({ ...reading, node: expression }).map((middle) => `${first}${middle}${last}`);
    }
    case 'Identifier': {
      const name = node['name'] as string;
      const value = valueOf(name, reading);
      if (typeof value === 'object') return codesOf(value);
      const listed = listedWords(name, reading);
      if (listed !== undefined) return listed;
      if (name === 'code') return [];
    }
  }
  const line = file.text.slice(0, node.start).split('\n').length;
  throw new Error(
    `${file.path}:${line}: a code that cannot be read in the source: ${file.text.slice(node.start, node.end)}. Write it out.`,
  );
}

/** The one that a known word stands for, otherwise all of them. */
function codesInTable(reading: Reading): string[] {
  const table = { ...reading, node: reading.node['object'] as Node };
  const [word, ...others] = textsOf({ ...reading, node: reading.node['property'] as Node });
  const object = nameOf(table.node) === undefined ? table : valueOf(nameOf(table.node)!, table);
  const node = typeof object === 'object' && object.node.type === 'TSAsExpression' ? (object.node['expression'] as Node) : undefined;
  const row = word === undefined || others.length > 0 || node?.type !== 'ObjectExpression' ? undefined : propertyOf(node, word);
  return codesOf(row === undefined ? table : { ...table, node: row });
}

/** The words of a parameter whose type lists them. */
function listedWords(name: string, reading: Reading): string[] | undefined {
  const fn = enclosingFunction(reading);
  const parameter = fn === undefined ? undefined : parameterFor(name, fn)?.parameter;
  const type = (parameter?.['typeAnnotation'] as Node | undefined)?.['typeAnnotation'] as Node | undefined;
  if (type?.type !== 'TSUnionType') return undefined;
  return (type['types'] as { literal?: { value?: unknown } }[]).map(({ literal }) => String(literal?.value));
}
