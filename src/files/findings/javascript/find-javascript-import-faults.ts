import type { CodeFinding, SourceFile } from '../code-finding.ts';
import { fileNameOf, folderOf, joinPath } from '../../names/path-parts.ts';
import { fileAtPlace } from './file-at-place.ts';
import { readFile, type SourceContext } from '../source-context.ts';
import type { SourceNode } from '../source-tree.ts';
import { exportsOfNodeModule, nodeModules } from './node-modules.ts';
import { readJavaScriptExports } from './read-javascript-exports.ts';
import { readJavaScriptImports, type JavaScriptImport } from './read-javascript-imports.ts';

/** Each is looked up among all files. No file written by hand has more. */
const mostImports = 300;

/** Files that do not exist, packages that nobody declares, and names that a file of the project does not export. */
export async function findJavaScriptImportFaults(context: SourceContext): Promise<CodeFinding[]> {
  const findings: CodeFinding[] = [];
  for (const found of readJavaScriptImports(context.root).slice(0, mostImports)) {
    if (found.specifier.startsWith('.')) findings.push(...(await faultsOfFile(found, context)));
    else findings.push(...faultsOfPackage(found, context));
  }
  return findings;
}

async function faultsOfFile(
  { node, specifier, names, takesDefault, form }: JavaScriptImport,
  context: SourceContext,
): Promise<CodeFinding[]> {
  const place = joinPath(folderOf(context.path), specifier.split(/[?#]/, 1)[0] ?? '');
  if (place === undefined || isMadeLater(place)) return [];
  const file = fileAtPlace(place, context.siblings);
  if (file === undefined) {
    if (context.path === place) return [];
    return [
      { kind: 'missing_module', line: node.line, name: specifier, message: `\`${specifier}\` is imported, and there is no such file` },
    ];
  }
  const root = await readFile(file);
  const exported = root === undefined ? undefined : readJavaScriptExports(root);
  // The runtime or the bundler decides what a module of one kind sees of the other.
  if (exported === undefined || exported.form !== form) return [];
  const missing = names?.filter((name) => !exported.names.has(name.text)) ?? [];
  const findings = missing.map((name) => missingExport(name, name.text, file));
  if (takesDefault && !exported.names.has('default')) findings.push(missingExport(node, 'default', file));
  return findings;
}

function missingExport(node: SourceNode, name: string, { path }: SourceFile): CodeFinding {
  return { kind: 'missing_export', line: node.line, name, message: `\`${path}\` does not export \`${name}\`` };
}

/** Whether a place is in a folder where tools put their output. */
function isMadeLater(place: string): boolean {
  return /(?:^|\/)(?:dist|build|out|lib|generated|__generated__|gen|node_modules|pkg|\.[\w-]+)\//.test(`${place}/`);
}

function faultsOfPackage({ node, specifier, names = [] }: JavaScriptImport, { siblings, path }: SourceContext): CodeFinding[] {
  // In TypeScript a name may be a type, which is gone when the program runs.
  const exported = /\.[cm]?tsx?$/i.test(path) ? undefined : exportsOfNodeModule(specifier);
  if (exported !== undefined) {
    return names
      .filter(({ text }) => !exported.has(text))
      .map((name) => ({
        kind: 'missing_export',
        line: name.line,
        name: name.text,
        message: `\`${specifier}\` does not export \`${name.text}\``,
      }));
  }
  // Names of packages, not aliases of tools for folders.
  const name = /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*/i.exec(specifier)?.[0];
  if (name === undefined || /^[a-z][\w+.-]*:/i.test(specifier) || specifier.startsWith('@/')) return [];
  if (nodeModules.has(name) || isInFolderOf(name, siblings)) return [];
  const isDeclared = siblings.some(
    (file) =>
      /^(?:package\.json|deno\.jsonc?|import_map\.json|tsconfig.*\.json)$/.test(fileNameOf(file.path)) && file.content.includes(`"${name}`),
  );
  // A page itself may say where its modules come from.
  const isMapped = siblings.some((file) => /\.html?$/i.test(file.path) && file.content.includes('importmap'));
  if (isDeclared || isMapped || path.includes('node_modules/')) return [];
  return [
    { kind: 'third_party_import', line: node.line, name, message: `\`${name}\` does not come with Node and no package.json declares it` },
  ];
}

/** `import 'src/a'`, for tools that look from the root. */
function isInFolderOf(name: string, siblings: readonly SourceFile[]): boolean {
  return siblings.some(
    ({ path }) => path.startsWith(`${name}/`) || path.includes(`/${name}/`) || fileNameOf(path).replace(/\.\w+$/, '') === name,
  );
}
