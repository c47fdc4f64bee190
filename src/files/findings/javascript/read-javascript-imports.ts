import type { SourceNode } from '../source-tree.ts';

export interface JavaScriptImport {
  node: SourceNode;
  specifier: string;
  /** The imported names as the module calls them. Undefined if the module is imported as a whole. */
  names: SourceNode[] | undefined;
  takesDefault: boolean;
  form: 'import' | 'require';
}

/** Imports and calls of `require` with a fixed name, except those within `try`. */
export function readJavaScriptImports(root: SourceNode): JavaScriptImport[] {
  const imports: JavaScriptImport[] = [];
  for (const node of root.walk()) {
    const found = node.type === 'import_statement' || node.type === 'export_statement' ? statement(node) : requireCall(node);
    if (found !== undefined) imports.push(found);
  }
  return imports;
}

function statement(node: SourceNode): JavaScriptImport | undefined {
  const source = node.child('source') ?? node.children.find(({ type }) => type === 'import_require_clause')?.child('source');
  const specifier = stringOf(source);
  if (specifier === undefined) return undefined;
  const clause = node.children.find(({ type }) => type === 'import_clause' || type === 'export_clause');
  const named = clause?.type === 'export_clause' ? clause : clause?.children.find(({ type }) => type === 'named_imports');
  const names = named?.children.map((name) => name.child('name')).filter((name) => name !== undefined);
  const takesDefault = clause?.type === 'import_clause' && clause.children.some(({ type }) => type === 'identifier');
  return { node, specifier, names, takesDefault, form: 'import' };
}

function requireCall(node: SourceNode): JavaScriptImport | undefined {
  if (node.type !== 'call_expression' || node.child('function')?.text !== 'require') return undefined;
  const specifier = stringOf(node.child('arguments')?.children[0]);
  if (specifier === undefined) return undefined;
  for (const { type } of node.ancestors())
    if (/^(?:try_statement|if_statement|ternary_expression|binary_expression)$/.test(type)) return undefined;
  const pattern = node.field === 'value' && node.parent?.type === 'variable_declarator' ? node.parent.child('name') : undefined;
  const parts = pattern?.type === 'object_pattern' ? pattern.children.map(keyOf) : undefined;
  const names = parts?.every((part) => part !== undefined) ? parts : undefined;
  return { node, specifier, names, takesDefault: false, form: 'require' };
}

function keyOf(part: SourceNode): SourceNode | undefined {
  if (part.type === 'shorthand_property_identifier_pattern') return part;
  const key = part.type === 'pair_pattern' ? part.child('key') : undefined;
  return key?.type === 'property_identifier' ? key : undefined;
}

function stringOf(node: SourceNode | undefined): string | undefined {
  return node?.type === 'string' ? node.text.slice(1, -1) : undefined;
}
