import type { SourceNode } from '../source-tree.ts';
import type { JavaScriptKind } from './javascript-globals.ts';

export interface JavaScriptFile {
  path: string;
  root: SourceNode;
}

export function javaScriptKindOf({ path, root }: JavaScriptFile): JavaScriptKind {
  if (/\.mjs$/i.test(path)) return 'strict module';
  const isModule = root.children.some(({ type }) => isModuleStatement(type)) || usesCommonJs(root);
  return isModule || /\.(?:[cm]?tsx?|cjs|jsx)$/i.test(path) ? 'module' : 'script';
}

/** Whether the file is written with `import` or `export`. */
export function isEcmaScriptModule({ path, root }: JavaScriptFile): boolean {
  return /\.m[jt]s$/i.test(path) || root.children.some(({ type }) => isModuleStatement(type));
}

export function usesCommonJs(root: SourceNode): boolean {
  for (const node of root.walk()) {
    if (node.type === 'call_expression' && node.child('function')?.text === 'require') return true;
    if (node.type === 'member_expression' && /^(?:module\.exports|exports\.\w+)$/.test(node.text.slice(0, 80))) return true;
  }
  return false;
}

function isModuleStatement(type: string): boolean {
  return type === 'import_statement' || type === 'export_statement';
}
