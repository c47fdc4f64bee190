import type { SourceFile } from '../code-finding.ts';
import { fileNameOf } from '../../names/path-parts.ts';
import type { SourceNode } from '../source-tree.ts';
import { javaPackageOf } from './java-standard-types.ts';
import { type LineEdit, lineEnd, lineStart } from '../mend-result.ts';
import type { SourceContext } from '../source-context.ts';

export interface MissingJavaType {
  name: string;
  path: string;
  node: SourceNode;
}

/** Types of the standard library that are used but neither imported nor declared, here or in a sibling. */
export function missingJavaTypes(root: SourceNode, siblings: readonly SourceFile[]): MissingJavaType[] {
  const imports = root.children.filter(({ type }) => type === 'import_declaration');
  const stars = imports
    .filter(({ children }) => children.some(({ type }) => type === 'asterisk'))
    .map(({ children }) => children[0]?.text ?? '');
  const known = new Set(imports.map(({ children }) => (children[0]?.text ?? '').split('.').at(-1) ?? ''));
  for (const node of root.walk()) {
    const declares =
      /^(?:class|interface|enum|record|annotation_type)_declaration$|^(?:formal_parameter|variable_declarator|resource|enhanced_for_statement|catch_formal_parameter)$/;
    if (node.field === 'name' && declares.test(node.parent?.type ?? '')) known.add(node.text);
    if (node.type === 'type_identifier' && node.parent?.type === 'type_parameter') known.add(node.text);
  }
  const missing = new Map<string, MissingJavaType>();
  for (const node of root.walk()) {
    const name = node.text;
    if (!isTypeUse(node) || known.has(name) || missing.has(name)) continue;
    const origin = javaPackageOf(name);
    if (origin === undefined || stars.includes(origin)) continue;
    // Another star import, or a sibling file or class, may be meant.
    if (stars.some((star) => !/^(?:java|javax|org\.junit|static)\b/.test(star)) || siblings.some((file) => isDeclaredIn(file, name))) {
      known.add(name);
      continue;
    }
    missing.set(name, { name, path: `${origin}.${name}`, node });
  }
  return [...missing.values()];
}

function isTypeUse({ type, field, parent, text }: SourceNode): boolean {
  if (!/^[A-Z]\w*$/.test(text.slice(0, 60))) return false;
  if (type === 'type_identifier')
    return parent?.type !== 'type_parameter' && !(parent?.type === 'scoped_type_identifier' && parent.children[0]?.text !== text);
  return type === 'identifier' && field === 'object' && (parent?.type === 'method_invocation' || parent?.type === 'field_access');
}

function isDeclaredIn({ path, content }: SourceFile, name: string): boolean {
  if (!path.endsWith('.java')) return false;
  return fileNameOf(path) === `${name}.java` || new RegExp(String.raw`\b(?:class|interface|enum|record)\s+${name}\b`).test(content);
}

/** Adds imports of standard types before the other imports or after the package. */
export function mendJavaImports({ content, root, siblings }: SourceContext): LineEdit[] {
  const lines = missingJavaTypes(root, siblings)
    .map(({ path }) => `import ${path};`)
    .toSorted();
  const first = root.children.find(({ type }) => !type.endsWith('comment') && type !== 'package_declaration');
  if (first === undefined || lines.length === 0) return [];
  const home = root.children.find(({ type }) => type === 'package_declaration');
  if (home !== undefined && first.type !== 'import_declaration')
    return [{ kind: 'insert', at: lineEnd(content, home.end), line: `\n${lines.join('\n')}` }];
  const at = lineStart(content, first.start);
  if (content.slice(at, first.start).trim() !== '') return [];
  return [{ kind: 'insert', at, line: first.type === 'import_declaration' ? lines.join('\n') : `${lines.join('\n')}\n` }];
}
