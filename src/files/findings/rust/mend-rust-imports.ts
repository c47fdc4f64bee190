import { lineStart, type LineEdit } from '../mend-result.ts';
import type { SourceContext } from '../source-context.ts';
import { missingRustNames } from './missing-rust-names.ts';

/** `use` lines for what is missing of the standard library, before the first item. */
export function mendRustImports({ content, root }: SourceContext): LineEdit[] {
  const lines = missingRustNames(root).map(({ path }) => `use ${path};`);
  const first = root.children.find(({ type }) => !/comment$|^inner_attribute_item$|^shebang$|^extern_crate_declaration$/.test(type));
  if (first === undefined) return [];
  const at = lineStart(content, first.start);
  return content.slice(at, first.start).trim() === '' ? lines.toSorted().map((line) => ({ kind: 'insert', at, line })) : [];
}
