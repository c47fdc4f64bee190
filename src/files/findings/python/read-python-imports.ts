import type { SourceNode } from '../source-tree.ts';

export interface PythonImport {
  node: SourceNode;
  /** `a.b` of `from ..a.b import c`; empty for `from . import c`. */
  module: string;
  /** The number of dots before the module. */
  dots: number;
  /** The imported names as the module calls them. Undefined for `import a.b`. */
  names: SourceNode[] | undefined;
  /** The name of `import a` or `import a as b` in this file, if it is a single name. */
  alias: string | undefined;
}

/** The imports that fail if their module is missing: not those within `try`, nor those that only a type checker sees. */
export function readPythonImports(root: SourceNode): PythonImport[] {
  const imports: PythonImport[] = [];
  for (const node of root.walk()) {
    if (node.type !== 'import_statement' && node.type !== 'import_from_statement') continue;
    if (isOptional(node)) continue;
    if (node.type === 'import_statement') {
      for (const name of node.childrenOf('name')) {
        const module = (name.child('name') ?? name).text.replaceAll(/[\s\\]/g, '');
        const alias = name.child('alias')?.text ?? (module.includes('.') ? undefined : module);
        imports.push({ node, module, dots: 0, names: undefined, alias });
      }
      continue;
    }
    const from = node.child('module_name');
    if (from === undefined) continue;
    const written = from.text.replaceAll(/[\s\\]/g, '');
    const module = written.replace(/^\.+/, '');
    const names = node.childrenOf('name').map((name) => name.child('name') ?? name);
    imports.push({ node, module, dots: written.length - module.length, names, alias: undefined });
  }
  return imports;
}

function isOptional(node: SourceNode): boolean {
  for (const outer of node.ancestors()) {
    if (outer.type === 'try_statement' || outer.type === 'except_clause') return true;
    if (outer.type === 'if_statement') return true;
  }
  return false;
}
