import type { CodeFinding, FindingOptions } from '../code-finding.ts';
import { fileNameOf, folderOf } from '../../names/path-parts.ts';
import type { SourceContext } from '../source-context.ts';
import { missingRustNames } from './missing-rust-names.ts';

export function findRustFindings(context: SourceContext, { isCommand = false }: FindingOptions): CodeFinding[] {
  const { root } = context;
  const findings: CodeFinding[] = missingRustNames(root).map(({ name, path, node }) => ({
    kind: 'missing_import',
    line: node.line,
    name,
    message: `\`${name}\` is used without \`use ${path}\``,
  }));
  for (const node of root.walk()) {
    const macro = node.type === 'macro_invocation' ? node.child('macro')?.text : undefined;
    if (macro === 'todo' || macro === 'unimplemented')
      findings.push({ kind: 'placeholder', line: node.line, name: `${macro}!`, message: `\`${macro}!()\` stands where code is missing` });
  }
  findings.push(...missingModules(context));
  if (isCommand && !/\bfn\s+main\s*\(/.test(root.source))
    findings.push({ kind: 'no_entry', line: 1, name: 'main', message: 'there is no `fn main()`' });
  return findings;
}

/** `mod name;` needs a file. */
function missingModules({ root, path, siblings }: SourceContext): CodeFinding[] {
  const stem = fileNameOf(path).replace(/\.rs$/, '');
  const folder = folderOf(path);
  const inside =
    /^(?:main|lib|mod|build)$/.test(stem) || /(?:^|\/)(?:bin|tests|examples|benches)$/.test(folder)
      ? folder
      : `${folder}/${stem}`.replace(/^\//, '');
  const prefix = inside === '' ? '' : `${inside}/`;
  return root.children.flatMap((node, at): CodeFinding[] => {
    const name = node.child('name')?.text;
    if (node.type !== 'mod_item' || name === undefined || node.child('body') !== undefined) return [];
    // An attribute may give another path, or say that the module is optional.
    if (root.children[at - 1]?.type === 'attribute_item') return [];
    const isThere = siblings.some((file) => file.path === `${prefix}${name}.rs` || file.path === `${prefix}${name}/mod.rs`);
    return isThere
      ? []
      : [{ kind: 'missing_module', line: node.line, name, message: `\`mod ${name}\` is declared, and there is no such file` }];
  });
}
