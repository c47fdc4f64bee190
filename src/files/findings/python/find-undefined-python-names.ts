import type { CodeFinding } from '../code-finding.ts';
import type { NameReading, NameUse } from '../name-scope.ts';
import type { SourceNode } from '../source-tree.ts';
import { pythonBuiltins } from './python-standard-names.ts';

/** Names that are used but cannot exist, at their first use. */
export function findUndefinedPythonNames(reading: NameReading): CodeFinding[] {
  return undefinedPythonUses(reading).map(({ name, node }) => ({
    kind: 'undefined_name',
    line: node.line,
    name,
    message: `\`${name}\` is used but neither defined nor imported`,
  }));
}

/** The first use of each name that is bound nowhere. */
export function undefinedPythonUses({ uses, isOpen }: NameReading): NameUse[] {
  if (isOpen) return [];
  const first = new Map<string, NameUse>();
  for (const use of uses) {
    if (first.has(use.name) || pythonBuiltins.has(use.name) || use.scope.has(use.name) || isTried(use.node)) continue;
    first.set(use.name, use);
  }
  return [...first.values()];
}

/** Whether the code is prepared for the name not to exist, as when it checks for names of older versions. */
function isTried(node: SourceNode): boolean {
  let inner = node;
  for (const outer of node.ancestors()) {
    if (outer.type === 'try_statement' && inner.field === 'body' && outer.children.some(catchesNameError)) return true;
    if (/^(?:if_statement|elif_clause|conditional_expression)$/.test(outer.type) && asksForVersion(outer)) return true;
    inner = outer;
  }
  return false;
}

function catchesNameError({ type, children }: SourceNode): boolean {
  return type === 'except_clause' && children.some((child) => child.type !== 'block' && child.text.includes('NameError'));
}

function asksForVersion(node: SourceNode): boolean {
  const condition = node.type === 'conditional_expression' ? node.children[1] : node.child('condition');
  return condition !== undefined && /version|PY[23]|python[23]/i.test(condition.text.slice(0, 300));
}
