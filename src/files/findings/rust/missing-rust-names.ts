import type { SourceNode } from '../source-tree.ts';
import { rustPathFor } from './rust-standard-paths.ts';
import { type LineEdit, lineStart } from '../mend-result.ts';
import type { SourceContext } from '../source-context.ts';

export interface MissingRustName {
  name: string;
  path: string;
  node: SourceNode;
}

/** Types and modules of the standard library that are used without `use`. Modules within the file are not judged. */
export function missingRustNames(root: SourceNode): MissingRustName[] {
  const bound = boundNames(root);
  if (bound === undefined) return [];
  const missing = new Map<string, MissingRustName>();
  for (const node of outsideModules(root)) {
    const use = useOf(node);
    if (use === undefined || bound.has(node.text) || missing.has(node.text)) continue;
    const path = rustPathFor(node.text, use);
    if (path !== undefined) missing.set(node.text, { name: node.text, path, node });
  }
  return [...missing.values()];
}

function* outsideModules(root: SourceNode): Generator<SourceNode> {
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    if (node.type !== 'use_declaration' && node.type !== 'mod_item') waiting.push(...node.children.toReversed());
  }
}

/** Undefined if there are names that are not visible. */
function boundNames(root: SourceNode): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const node of outsideModules(root)) {
    if (node.type === 'macro_definition') return undefined;
    if (node.type === 'use_declaration') {
      for (const part of node.walk()) {
        if (part.type === 'use_wildcard' && !/^std::(?:io::prelude|fmt)::\*$/.test(part.text)) return undefined;
        if (part.type === 'identifier' || part.type === 'type_identifier')
          if (part.field !== 'path' || part.parent?.type === 'scoped_use_list') names.add(part.text);
        if (part.type === 'self') {
          const path = [...part.ancestors()].find(({ type }) => type === 'scoped_use_list')?.child('path');
          if (path !== undefined) names.add(path.text.slice(path.text.lastIndexOf(':') + 1));
        }
      }
    } else if (node.field === 'name' && /_item$|^type_parameter$|^function_signature_item$|^extern_crate/.test(node.parent?.type ?? ''))
      names.add(node.text);
  }
  return names;
}

function useOf(node: SourceNode): 'module' | 'type' | undefined {
  const inPath = node.field === 'path' && /^scoped_(?:type_)?identifier$/.test(node.parent?.type ?? '');
  if (node.type === 'type_identifier') return node.field === 'name' && node.parent?.type !== 'generic_type' ? undefined : 'type';
  if (node.type !== 'identifier' || !inPath) return undefined;
  return /^[A-Z]/.test(node.text) ? 'type' : 'module';
}

/** Adds `use` lines for missing names of the standard library before the first item. */
export function mendRustImports({ content, root }: SourceContext): LineEdit[] {
  const lines = missingRustNames(root).map(({ path }) => `use ${path};`);
  const first = root.children.find(({ type }) => !/comment$|^inner_attribute_item$|^shebang$|^extern_crate_declaration$/.test(type));
  if (first === undefined) return [];
  const at = lineStart(content, first.start);
  return content.slice(at, first.start).trim() === '' ? lines.toSorted().map((line) => ({ kind: 'insert', at, line })) : [];
}
