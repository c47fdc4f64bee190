import { lineEnd, lineStart, type LineEdit } from '../mend-result.ts';
import type { SourceContext } from '../source-context.ts';
import { missingJavaTypes } from './missing-java-types.ts';

/** Imports of standard types, before the other imports or behind the package. */
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
