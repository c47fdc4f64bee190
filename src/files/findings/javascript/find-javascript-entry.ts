import type { CodeFinding } from '../code-finding.ts';
import { fileNameOf } from '../../names/path-parts.ts';
import type { SourceContext } from '../source-context.ts';
import type { SourceNode } from '../source-tree.ts';

const withoutEffect =
  /^(?:comment|hash_bang_line|import_statement|function_declaration|generator_function_declaration|class_declaration|abstract_class_declaration|interface_declaration|type_alias_declaration|enum_declaration|empty_statement)$/;

/** Finds a command that only defines things. */
export function findMissingJavaScriptEntry({ root, path }: SourceContext): CodeFinding[] {
  if (root.children.some(hasEffect)) return [];
  return [
    { kind: 'no_entry', line: 1, name: fileNameOf(path), message: 'the file only defines things: nothing happens when it is started' },
  ];
}

function hasEffect(node: SourceNode): boolean {
  if (withoutEffect.test(node.type)) return false;
  if (node.type === 'export_statement') {
    const inner = node.child('declaration');
    return inner !== undefined && hasEffect(inner);
  }
  if (node.type === 'lexical_declaration' || node.type === 'variable_declaration') {
    const calls = [...node.walk()].filter(
      ({ type }) => type === 'call_expression' || type === 'await_expression' || type === 'new_expression',
    );
    return calls.some((call) => !isInFunction(call, node) && !call.text.startsWith('require('));
  }
  if (node.type !== 'expression_statement') return true;
  const [inner] = node.children;
  return inner?.type !== 'string' && !(inner?.type === 'assignment_expression' && /^(?:module\.)?exports\b/.test(inner.text.slice(0, 40)));
}

function isInFunction(node: SourceNode, top: SourceNode): boolean {
  for (const outer of node.ancestors()) {
    if (outer === top) return false;
    if (/function|class|method/.test(outer.type)) return true;
  }
  return false;
}
