import type { Node } from '@vscode/tree-sitter-wasm';
import { placeOf } from './check-with-grammar.ts';
import { quoteText, type SyntaxFinding } from './syntax-finding.ts';

/** Nodes with a scope of their own. */
const scopes: ReadonlySet<string> = new Set(['function_definition', 'class_definition', 'lambda']);

/** Finds a name that a function uses before it declares it `global` or `nonlocal`, which Python refuses. Each node is examined only for its own function. */
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

/** Whether it uses a name; the name of an attribute or of an argument does not count. */
function isUse(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'attribute') return parent.childForFieldName('object')?.id === node.id;
  if (parent?.type === 'keyword_argument') return parent.childForFieldName('name')?.id !== node.id;
  return true;
}
