import { lineStart } from '../mend-result.ts';
import type { SourceNode } from '../source-tree.ts';

/** Where a line of imports goes: in front of the first statement that is no directive such as `'use strict'`. */
export function placeForImports(content: string, root: SourceNode): number | undefined {
  const statements = root.children.filter(({ type }) => type !== 'comment' && type !== 'hash_bang_line');
  const first = statements.find(({ type, children }) => !(type === 'expression_statement' && children[0]?.type === 'string'));
  if (first === undefined) return undefined;
  const at = lineStart(content, first.start);
  return content.slice(at, first.start).trim() === '' ? at : undefined;
}
