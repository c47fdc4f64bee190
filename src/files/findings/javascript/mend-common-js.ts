import { lineEnd, lineStart, type LineEdit } from '../mend-result.ts';
import type { SourceContext } from '../source-context.ts';
import type { SourceNode } from '../source-tree.ts';
import { javaScriptKindOf, placeForImports } from './javascript-kind.ts';

/**
 * In a file that Node treats as a module by its name, `require` and `module.exports` do not exist: such statements at the top of the file become `import` and
 * `export`. A statement in an unusual form, or one that shares a line with something else, stays as it is. If it calls `require`, that is defined as Node
 * documents it.
 */
export function mendCommonJs({ content, path, root }: Pick<SourceContext, 'content' | 'path' | 'root'>): LineEdit[] {
  if (javaScriptKindOf({ path, root }) !== 'strict module') return [];
  const edits = root.children.flatMap((statement) => {
    const line = importFor(statement) ?? exportFor(statement);
    const start = lineStart(content, statement.start);
    const end = lineEnd(content, statement.end);
    const around = content.slice(start, statement.start) + content.slice(statement.end, end);
    return line === undefined || around.trim() !== '' ? [] : [{ kind: 'replace' as const, start, end, line }];
  });
  const at = placeForImports(content, root);
  if (at === undefined) return edits;
  const isLeft = ({ start }: SourceNode) => !edits.some((edit) => edit.start <= start && start < edit.end);
  return [...linesFor(root, isLeft).map((line): LineEdit => ({ kind: 'insert', at, line })), ...edits];
}

/** What an ECMAScript module has to define for itself. */
const made: Readonly<Record<string, readonly string[]>> = {
  require: ["import { createRequire } from 'node:module';", 'const require = createRequire(import.meta.url);'],
  __dirname: ['const __dirname = import.meta.dirname;'],
  __filename: ['const __filename = import.meta.filename;'],
};

/** The lines that define those of these names that are used outside of the rewritten statements and defined nowhere. */
function linesFor(root: SourceNode, isLeft: (node: SourceNode) => boolean): string[] {
  const identifiers = [...root.walk()].filter(({ type, text }) => type === 'identifier' && Object.hasOwn(made, text));
  const isDefinition = ({ field, parent }: SourceNode) => field === 'name' && parent?.type === 'variable_declarator';
  const defined = new Set(identifiers.filter(isDefinition).map(({ text }) => text));
  const used = new Set(identifiers.filter((node) => !isDefinition(node) && isLeft(node)).map(({ text }) => text));
  return Object.entries(made).flatMap(([name, lines]) => (used.has(name) && !defined.has(name) ? lines : []));
}

/** `const … = require('…')`, and the same with one name picked from the module. */
function importFor(statement: SourceNode): string | undefined {
  if (statement.type !== 'lexical_declaration' && statement.type !== 'variable_declaration') return undefined;
  const [declarator, ...more] = statement.children.filter(({ type }) => type !== 'comment');
  if (declarator?.type !== 'variable_declarator' || more.length > 0) return undefined;
  const target = declarator.child('name');
  const value = declarator.child('value');
  if (target === undefined || value === undefined) return undefined;
  const member = value.type === 'member_expression' ? value.child('property')?.text : undefined;
  const call = member === undefined ? value : value.child('object');
  const specifier = call?.child('function')?.text === 'require' ? call.child('arguments')?.children : undefined;
  if (call?.type !== 'call_expression' || specifier?.length !== 1 || specifier[0]?.type !== 'string') return undefined;
  const clause = clauseFor({ target, member, isFile: /^.\./.test(specifier[0].text) });
  return clause && `import ${clause} from ${specifier[0].text};`;
}

function clauseFor({ target, member, isFile }: { target: SourceNode; member: string | undefined; isFile: boolean }): string | undefined {
  if (target.type === 'identifier') {
    if (member !== undefined) return `{ ${renamed(member, target.text)} }`;
    return isFile ? `* as ${target.text}` : target.text;
  }
  if (target.type !== 'object_pattern' || member !== undefined) return undefined;
  const names = target.children.map((part) => {
    if (part.type === 'shorthand_property_identifier_pattern') return part.text;
    const [key, value] = [part.child('key'), part.child('value')];
    return part.type === 'pair_pattern' && key?.type === 'property_identifier' && value?.type === 'identifier'
      ? renamed(key.text, value.text)
      : undefined;
  });
  return names.every((name) => name !== undefined) ? `{ ${names.join(', ')} }` : undefined;
}

/** `module.exports = { … }` with only names, or with one name. */
function exportFor(statement: SourceNode): string | undefined {
  const assignment = statement.type === 'expression_statement' ? statement.children[0] : undefined;
  if (assignment?.type !== 'assignment_expression' || assignment.child('left')?.text !== 'module.exports') return undefined;
  const value = assignment.child('right');
  if (value?.type === 'identifier') return `export default ${value.text};`;
  if (value?.type !== 'object') return undefined;
  const names = value.children.map((part) => {
    if (part.type === 'shorthand_property_identifier') return part.text;
    const [key, target] = [part.child('key'), part.child('value')];
    return part.type === 'pair' && key?.type === 'property_identifier' && target?.type === 'identifier'
      ? renamed(target.text, key.text)
      : undefined;
  });
  return names.every((name) => name !== undefined) ? `export { ${names.join(', ')} };` : undefined;
}

function renamed(from: string, to: string): string {
  return from === to ? from : `${from} as ${to}`;
}
