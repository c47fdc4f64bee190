import { readJavaScriptNames } from './read-javascript-names.ts';
import type { SourceNode } from '../source-tree.ts';

export interface JavaScriptExports {
  form: 'import' | 'require';
  names: ReadonlySet<string>;
}

/** What a file exports. Undefined if that is uncertain. */
export function readJavaScriptExports(root: SourceNode): JavaScriptExports | undefined {
  const statements = root.children.filter(({ type }) => type === 'export_statement');
  const common = [...root.walk()].filter(
    (node) => node.type === 'member_expression' && /^(?:module\.exports|exports\.\w+|module\.exports\.\w+)$/.test(node.text.slice(0, 200)),
  );
  if (statements.length > 0) return common.length > 0 ? undefined : fromStatements(statements);
  return common.length > 0 ? fromCommonJs(root, common) : undefined;
}

function fromStatements(statements: SourceNode[]): JavaScriptExports | undefined {
  const names = new Set<string>();
  for (const statement of statements) {
    const clause = statement.children.find(({ type }) => type === 'export_clause');
    const namespace = statement.children.find(({ type }) => type === 'namespace_export');
    const declaration = statement.child('declaration');
    if (/^export\s+default\b/.test(statement.text.slice(0, 40))) names.add('default');
    else if (clause !== undefined)
      for (const specifier of clause.children) names.add(unquoted(specifier.child('alias') ?? specifier.child('name')));
    else if (namespace !== undefined) names.add(unquoted(namespace.children[0]));
    // It exports everything of another file, or everything at once.
    else if (declaration === undefined) return undefined;
    else for (const name of declaredBy(statement)) names.add(name);
  }
  return { form: 'import', names };
}

/** The names that one statement binds in the scope around it. */
function declaredBy(statement: SourceNode): ReadonlySet<string> {
  return readJavaScriptNames(statement).module.names;
}

function fromCommonJs(root: SourceNode, common: SourceNode[]): JavaScriptExports | undefined {
  const names = new Set<string>();
  for (const node of common) {
    const whole = node.text;
    // `module.exports` is part of `module.exports.name`.
    if (node.parent?.type === 'member_expression' && node.field === 'object') continue;
    const value = node.field === 'left' && node.parent?.type === 'assignment_expression' ? node.parent.child('right') : undefined;
    if (whole !== 'module.exports') {
      names.add(whole.slice(whole.lastIndexOf('.') + 1));
      continue;
    }
    if (value?.type !== 'object') return undefined;
    for (const part of value.children) {
      if (part.type === 'comment') continue;
      const key = part.type === 'shorthand_property_identifier' ? part : (part.child('key') ?? part.child('name'));
      if (key === undefined || key.type === 'computed_property_name') return undefined;
      names.add(unquoted(key));
    }
  }
  const isPassedOn = [...root.walk()].some((node) => node.type === 'identifier' && node.text === 'exports' && node.field !== 'object');
  return isPassedOn ? undefined : { form: 'require', names };
}

function unquoted(node: SourceNode | undefined): string {
  return node === undefined ? '' : node.text.replace(/^(['"])(.*)\1$/, '$2');
}
