import { lineStart } from '../mend-result.ts';
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

/** Where to insert imports: before the first statement that is not a directive such as `'use strict'`. */
export function placeForImports(content: string, root: SourceNode): number | undefined {
  const statements = root.children.filter(({ type }) => type !== 'comment' && type !== 'hash_bang_line');
  const first = statements.find(({ type, children }) => !(type === 'expression_statement' && children[0]?.type === 'string'));
  if (first === undefined) return undefined;
  const at = lineStart(content, first.start);
  return content.slice(at, first.start).trim() === '' ? at : undefined;
}
