import type { CodeFinding, FindingOptions } from '../code-finding.ts';
import type { SourceContext } from '../source-context.ts';
import { missingJavaTypes } from './missing-java-types.ts';

export function findJavaFindings({ root, siblings }: SourceContext, { isCommand = false }: FindingOptions): CodeFinding[] {
  const findings: CodeFinding[] = missingJavaTypes(root, siblings).map(({ name, path, node }) => ({
    kind: 'missing_import',
    line: node.line,
    name,
    message: `\`${name}\` is used without \`import ${path}\``,
  }));
  for (const node of root.walk()) {
    if (node.type !== 'throw_statement' || node.parent?.children.length !== 1) continue;
    if (!/\bUnsupportedOperationException\("(?:not (?:yet )?(?:implemented|supported)|unimplemented|todo)/i.test(node.text.slice(0, 200)))
      continue;
    findings.push({ kind: 'placeholder', line: node.line, name: 'throw', message: 'a method is not written: it only throws' });
  }
  if (isCommand && !/\bvoid\s+main\s*\(/.test(root.source))
    findings.push({ kind: 'no_entry', line: 1, name: 'main', message: 'there is no `main` method' });
  return findings;
}
