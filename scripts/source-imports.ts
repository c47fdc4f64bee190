import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/** One file of a folder that imports another, types included; both relative to the folder, with `/`. */
export interface SourceImport {
  from: string;
  to: string;
}

/** What the TypeScript files of a folder import of each other, also what they load only when it is needed. */
export function sourceImports(folder: string): SourceImport[] {
  return globSync('**/*.ts', { cwd: folder })
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted()
    .flatMap((from) =>
      importsOf(readFileSync(join(folder, from), 'utf8')).map((path) => ({ from, to: posix.normalize(posix.join(dirname(from), path)) })),
    );
}

/** The relative paths that a text in TypeScript imports, as they are written. */
export function importsOf(text: string): string[] {
  const found: string[] = [];
  visit(parseAst(text, { lang: 'ts' }), (node) => {
    const { source } = node as { source?: { value?: unknown } | null };
    if (importing.has(node.type) && typeof source?.value === 'string' && source.value.startsWith('.')) found.push(source.value);
  });
  return found;
}

const importing: ReadonlySet<string> = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function visit(value: unknown, seen: (node: { type: string }) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && typeof value.type === 'string') seen(value as { type: string });
  for (const child of Object.values(value)) visit(child, seen);
}
