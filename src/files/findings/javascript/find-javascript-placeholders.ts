import type { CodeFinding } from '../code-finding.ts';
import type { SourceNode } from '../source-tree.ts';

/** Functions that only throw an error saying that they are not written. */
export function findJavaScriptPlaceholders(root: SourceNode): CodeFinding[] {
  const extended = extendedClasses(root);
  const findings: CodeFinding[] = [];
  for (const node of root.walk()) {
    if (node.type !== 'throw_statement' || !/\bnot\s+(?:yet\s+)?implemented\b|\bunimplemented\b/i.test(node.text.slice(0, 300))) continue;
    const isWhole = node.parent?.children.filter(({ type }) => type !== 'comment').length === 1;
    const owner = node.parent?.parent;
    if (!isWhole || owner === undefined || !/function|method/.test(owner.type) || isBaseMethod(owner, extended)) continue;
    const name = owner.child('name')?.text ?? 'function';
    findings.push({ kind: 'placeholder', line: node.line, name, message: `\`${name}\` is not written: it only throws` });
  }
  return findings;
}

/** Whether it is a method of a class that others extend. */
function isBaseMethod(method: SourceNode, extended: ReadonlySet<string>): boolean {
  if (method.type !== 'method_definition') return false;
  const name = method.parent?.parent?.child('name')?.text;
  return name === undefined || /base|abstract|interface/i.test(name) || extended.has(name);
}

function extendedClasses(root: SourceNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { type, parent, text } of root.walk())
    if (type === 'identifier' && /^(?:class_heritage|extends_clause)$/.test(parent?.type ?? '')) names.add(text);
  return names;
}
