import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/** A node of a syntax tree, as the parser gives it. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [part: string]: unknown;
}

/** A node with those around it, outermost first, and the file that it stands in. */
export interface Place {
  file: SourceFile;
  node: Node;
  around: readonly Node[];
}

/** A file of the source, read for its errors. */
export interface SourceFile {
  /** Relative to the folder of the source, with `/`. */
  path: string;
  text: string;
  /** Objects with a property `code`. */
  objects: Place[];
  /** Every call of a function by its plain name. */
  calls: Map<string, Place[]>;
  /** What it imports by name, and the files that this comes from. */
  imported: Map<string, string>;
}

/** The TypeScript files of a folder. */
export function readSource(folder: string): SourceFile[] {
  return globSync('**/*.ts', { cwd: folder })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => readFile(path, readFileSync(join(folder, path), 'utf8')));
}

/** A text in TypeScript, as a file of the source. */
export function readFile(path: string, text: string): SourceFile {
  const file: SourceFile = { path, text, objects: [], calls: new Map(), imported: new Map() };
  walk(parseAst(text, { lang: 'ts' }), [], (node, around) => {
    const place = { file, node, around };
    if (node.type === 'ImportSpecifier') {
      const { value } = around.at(-1)!['source'] as { value: string };
      file.imported.set(nameOf(node['local']) ?? '', posix.join(dirname(path), value));
    }
    if (node.type === 'ObjectExpression' && propertyOf(node, 'code') !== undefined) file.objects.push(place);
    const called = node.type === 'CallExpression' ? nameOf(node['callee']) : undefined;
    if (called !== undefined) file.calls.set(called, [...(file.calls.get(called) ?? []), place]);
  });
  return file;
}

function walk(value: unknown, around: readonly Node[], seen: (node: Node, around: readonly Node[]) => void): void {
  if (typeof value !== 'object' || value === null) return;
  const node = 'type' in value && typeof value.type === 'string' ? (value as Node) : undefined;
  if (node !== undefined) seen(node, around);
  const inside = node === undefined ? around : [...around, node];
  for (const child of Object.values(value)) walk(child, inside, seen);
}

/** The name that an identifier, or a parameter with a default, has. */
export function nameOf(value: unknown): string | undefined {
  const node = value as Node | null | undefined;
  if (node?.type === 'AssignmentPattern') return nameOf(node['left']);
  return node?.type === 'Identifier' ? (node['name'] as string) : undefined;
}

/** What a property of an object literal, or a part of a pattern, is set to. */
export function propertyOf(node: Node, name: string): Node | undefined {
  const found = (node['properties'] as Node[]).find(({ type, key }) => type === 'Property' && nameOfKey(key) === name);
  return found?.['value'] as Node | undefined;
}

function nameOfKey(key: unknown): string | undefined {
  return nameOf(key) ?? ((key as Node | undefined)?.type === 'Literal' ? String((key as Node)['value']) : undefined);
}

/** The innermost function around a place. */
export function enclosingFunction({ around }: Place): Node | undefined {
  return around.findLast(({ type }) => /^(?:FunctionDeclaration|ArrowFunctionExpression|FunctionExpression)$/.test(type));
}

/** Whether a function has a parameter of this name, or takes it out of one. */
export function isParameter(name: string, fn: Node): boolean {
  return parameterFor(name, fn) !== undefined;
}

/** The parameter that has this name, or that this is taken out of. */
export function parameterFor(name: string, fn: Node): { parameter: Node; index: number; isTakenOut: boolean } | undefined {
  const parameters = fn['params'] as Node[];
  const index = parameters.findIndex(
    (parameter) => nameOf(parameter) === name || takenOut(parameter).some((part) => nameOf(part) === name),
  );
  const parameter = parameters[index];
  return parameter === undefined ? undefined : { parameter, index, isTakenOut: nameOf(parameter) !== name };
}

/** The parts of the object that a parameter is, each with its default. */
export function takenOut(parameter: Node): Node[] {
  const pattern = parameter.type === 'AssignmentPattern' ? (parameter['left'] as Node) : parameter;
  if (pattern.type !== 'ObjectPattern') return [];
  return (pattern['properties'] as Node[]).flatMap(({ value }) => (value === undefined ? [] : [value as Node]));
}

/** Who calls a function that has a name: in its own file, and where it is imported from there. */
export function callsOf(fn: Node, { file, around }: Place, files: readonly SourceFile[]): Place[] {
  const outer = around[around.indexOf(fn) - 1];
  const name = nameOf(fn['id']) ?? (outer?.type === 'VariableDeclarator' ? nameOf(outer['id']) : undefined);
  if (name === undefined) return [];
  const callers = files.filter((other) => other === file || other.imported.get(name) === file.path);
  return callers.flatMap(({ calls }) => calls.get(name) ?? []);
}
