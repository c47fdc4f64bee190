import { lineEnd, lineStart, type LineEdit } from '../mend-result.ts';
import type { SourceContext } from '../source-context.ts';
import type { SourceNode } from '../source-tree.ts';
import { missingGoPackages, unusedGoImports } from './find-go-findings.ts';
import { goStandardPackages } from './go-standard-packages.ts';
import { readGoFile } from './read-go-file.ts';

/** Adds imports of standard packages that are used, and removes those that are not. */
export function mendGoImports(context: SourceContext): LineEdit[] {
  const { content, root } = context;
  const file = readGoFile(root);
  const added = missingGoPackages(file, context).map(({ path }) => path);
  const unused = unusedGoImports(file).filter(({ path }) => goStandardPackages.has(path));
  const removed = unused.map(({ node }) => removalOf(node, { content, unused: new Set(unused.map((one) => one.node)) }));
  // Imports that share a line are left to gofmt and the file's owner.
  if (removed.includes(undefined)) return [];
  const distinct = new Map(removed.flatMap((edit) => (edit === undefined ? [] : [[edit.start, edit] as const])));
  return [...distinct.values(), ...additions(added.toSorted(), { context, removed: [...distinct.values()] })];
}

type Removal = Extract<LineEdit, { kind: 'remove' }>;

function removalOf(spec: SourceNode, { content, unused }: { content: string; unused: ReadonlySet<SourceNode> }): Removal | undefined {
  const list = spec.parent?.type === 'import_spec_list' ? spec.parent : undefined;
  const declaration = list?.parent ?? spec.parent;
  const specs = list?.children.filter(({ type }) => type === 'import_spec') ?? [spec];
  const isAll = specs.every((one) => unused.has(one)) && list?.children.every(({ type }) => type === 'import_spec') !== false;
  const node = isAll && declaration !== undefined ? declaration : spec;
  const start = lineStart(content, node.start);
  const end = lineEnd(content, node.end);
  const rest = content.slice(start, node.start) + content.slice(node.end, end);
  return rest.replace(/\/\/[^\n]*/, '').trim() === '' ? { kind: 'remove', start, end } : undefined;
}

function additions(paths: readonly string[], { context, removed }: { context: SourceContext; removed: readonly Removal[] }): LineEdit[] {
  const { content, root } = context;
  const declarations = root.children.filter(
    ({ type, start }) => type === 'import_declaration' && !removed.some((edit) => edit.start <= start && start < edit.end),
  );
  const list = declarations.flatMap(({ children }) => children).find(({ type }) => type === 'import_spec_list');
  const specs = list?.children.filter(({ type }) => type === 'import_spec') ?? [];
  const isOneEach = specs.every((spec, at) => at === 0 || content.slice(specs[at - 1]?.end, spec.start).includes('\n'));
  if (list !== undefined && specs.length > 0 && isOneEach && content.slice(list.start, specs[0]?.start).includes('\n')) {
    return paths.map((path) => {
      const next = specs.find((spec) => (spec.child('path')?.text.slice(1, -1) ?? '') > path && spec.parent === list);
      const last = specs.at(-1) as SourceNode;
      return { kind: 'insert', at: next === undefined ? lineEnd(content, last.end) : lineStart(content, next.start), line: `\t"${path}"` };
    });
  }
  const before = declarations.at(-1) ?? root.children.find(({ type }) => type === 'package_clause');
  if (before === undefined || paths.length === 0) return [];
  const lines = paths.length === 1 ? `import "${paths[0]}"` : `import (\n${paths.map((path) => `\t"${path}"`).join('\n')}\n)`;
  const at = lineEnd(content, before.end);
  if (content.slice(before.end, at).trim() !== '' || !content.slice(before.end, at).endsWith('\n')) return [];
  return [{ kind: 'insert', at, line: before.type === 'package_clause' ? `\n${lines}` : lines }];
}
