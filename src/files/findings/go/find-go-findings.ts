import type { CodeFinding, FindingOptions } from '../code-finding.ts';
import { fileNameOf, folderOf } from '../../names/path-parts.ts';
import type { SourceContext } from '../source-context.ts';
import type { SourceNode } from '../source-tree.ts';
import { goPackageFor, goStandardPackages } from './go-standard-packages.ts';
import { readGoFile, type GoFile, type GoImport } from './read-go-file.ts';

export function findGoFindings(context: SourceContext, { isCommand = false }: FindingOptions): CodeFinding[] {
  const file = readGoFile(context.root);
  return [
    ...missingGoPackages(file, context).map(({ name, node }) => ({
      kind: 'missing_import' as const,
      line: node.line,
      name,
      message: `\`${name}\` is used and not imported`,
    })),
    ...unusedGoImports(file).map(({ node, path }) => ({
      kind: 'unused_import' as const,
      line: node.line,
      name: path,
      message: `\`${path}\` is imported and not used, which Go does not compile`,
    })),
    ...importFaults(file, context),
    ...panics(context.root),
    ...(isCommand ? missingMain(context) : []),
  ];
}

/** Standard packages that are used without an import. */
export function missingGoPackages(
  { imports, members, firstUse, declared }: GoFile,
  { path, siblings }: Pick<SourceContext, 'path' | 'siblings'>,
): { name: string; path: string; node: SourceNode }[] {
  const imported = new Set(imports.map(({ name }) => name));
  // A dot import may define any name.
  if (imported.has('.')) return [];
  const beside = siblings.filter((file) => file.path.endsWith('.go') && folderOf(file.path) === folderOf(path));
  return [...members].flatMap(([name, used]) => {
    const node = firstUse.get(name);
    const standard = goPackageFor(name, used);
    if (node === undefined || standard === undefined || imported.has(name) || declared.has(name)) return [];
    // The path of a package may not contain its name.
    if (imports.some((other) => !other.isRenamed && !goStandardPackages.has(other.path) && other.path.includes(name))) return [];
    const isDeclaredBeside = beside.some(({ content }) =>
      new RegExp(String.raw`^(?:var|const|func|type|\t)[ \t]*${name}\b`, 'm').test(content),
    );
    return isDeclaredBeside ? [] : [{ name, path: standard, node }];
  });
}

/** Imports of standard packages, and renamed ones of others, that nothing uses. */
export function unusedGoImports({ imports, members }: GoFile): GoImport[] {
  return imports.filter(({ name, path, isRenamed }, at) => {
    if (name === '_' || name === '.' || path === 'C') return false;
    if (!isRenamed && !goStandardPackages.has(path)) return false;
    const isTwice = imports.findIndex((other) => other.name === name && other.path === path) < at;
    return isTwice || !members.has(name);
  });
}

function importFaults({ imports }: GoFile, { siblings }: SourceContext): CodeFinding[] {
  const settings = siblings.filter(({ path }) => fileNameOf(path) === 'go.mod');
  const modules = settings.flatMap(({ content }) => /^module[ \t]+"?([^\s"]+)/m.exec(content)?.[1] ?? []);
  return imports.flatMap(({ node, path }): CodeFinding[] => {
    const [first = ''] = path.split('/');
    const own = modules.find((module) => path === module || path.startsWith(`${module}/`));
    if (own !== undefined) {
      const folder = path.slice(own.length + 1);
      const isThere =
        folder === '' || siblings.some((file) => file.path.endsWith('.go') && `/${folderOf(file.path)}`.endsWith(`/${folder}`));
      return isThere
        ? []
        : [{ kind: 'missing_module', line: node.line, name: path, message: `\`${path}\` is imported, and there is no such package` }];
    }
    if (!first.includes('.') || settings.some(({ content }) => content.includes(first) && isRequired(content, path))) return [];
    return [
      { kind: 'third_party_import', line: node.line, name: path, message: `\`${path}\` does not come with Go and no go.mod requires it` },
    ];
  });
}

function isRequired(settings: string, path: string): boolean {
  return settings.split(/\s+/).some((word) => word.includes('.') && (path === word || path.startsWith(`${word}/`)));
}

function panics(root: SourceNode): CodeFinding[] {
  const findings: CodeFinding[] = [];
  for (const node of root.walk()) {
    if (node.type !== 'call_expression' || !/^panic\("(?:not (?:yet )?implemented|unimplemented|todo)\b/i.test(node.text.slice(0, 60)))
      continue;
    findings.push({
      kind: 'placeholder',
      line: node.line,
      name: 'panic',
      message: `\`${node.text.slice(0, 60).replaceAll(/\s+/g, ' ')}\` stands where code is missing`,
    });
  }
  return findings;
}

function missingMain({ root, path, siblings }: SourceContext): CodeFinding[] {
  const isMain = /^func\s+main\s*\(/m;
  const beside = siblings.filter((file) => file.path.endsWith('.go') && folderOf(file.path) === folderOf(path));
  if (isMain.test(root.source) || beside.some(({ content }) => isMain.test(content))) return [];
  return [{ kind: 'no_entry', line: 1, name: 'main', message: 'there is no `func main()`' }];
}
