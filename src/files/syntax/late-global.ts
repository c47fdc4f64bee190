import type { Node } from '@vscode/tree-sitter-wasm';
import { placeOf } from './check-with-grammar.ts';
import { quoteText, type SyntaxFinding } from './syntax-finding.ts';

/** Names of these have a scope of their own. */
const scopes: ReadonlySet<string> = new Set(['function_definition', 'class_definition', 'lambda']);

/** In a function a name is used, and declared `global` or `nonlocal` only further down, which Python refuses. Each node is looked at for its own function only. */
export function lateGlobal(definition: Node): SyntaxFinding | undefined {
  const body = definition.childForFieldName('body');
  const used = new Set<string>();
  const open: Node[] = body === null ? [] : [body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'global_statement' || node.type === 'nonlocal_statement') {
      for (const name of node.namedChildren) {
        if (name === null || !used.has(name.text)) continue;
        const word = node.type === 'global_statement' ? 'global' : 'nonlocal';
        return { ...placeOf(name), message: `${quoteText(name.text)} is used before it is declared ${word}` };
      }
      continue;
    }
    if (node.type === 'identifier' && isUse(node)) used.add(node.text);
    if (scopes.has(node.type)) continue;
    for (const child of node.namedChildren.toReversed()) if (child !== null) open.push(child);
  }
  return undefined;
}

/** Not the name of an attribute, nor that of an argument. */
function isUse(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'attribute') return parent.childForFieldName('object')?.id === node.id;
  if (parent?.type === 'keyword_argument') return parent.childForFieldName('name')?.id !== node.id;
  return true;
}
