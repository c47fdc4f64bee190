import type { CodeFinding, SourceFile } from '../code-finding.ts';
import { fileNameOf } from '../../names/path-parts.ts';
import { readFile, type SourceContext } from '../source-context.ts';
import type { SourceNode } from '../source-tree.ts';
import { pythonBuiltins, pythonStandardModules } from './python-standard-names.ts';
import { readPythonImports, type PythonImport } from './read-python-imports.ts';
import { readPythonNames } from './read-python-names.ts';
import { resolvePythonModule } from './resolve-python-module.ts';
import { pythonPackageOf } from './third-party-packages.ts';

/** Each is looked up among all files. No file written by hand has more. */
const mostImports = 300;

const requirementFiles = /^(?:pyproject\.toml|setup\.(?:py|cfg)|pipfile|environment\.ya?ml|tox\.ini|dockerfile)$/;

function namesRequirements(name: string): boolean {
  return requirementFiles.test(name) || (name.includes('requirements') && /\.(?:txt|in)$/.test(name));
}

interface PythonContext extends SourceContext {
  identifiers: ReadonlyMap<string, readonly SourceNode[]>;
}

/** Modules that do not exist, packages that nobody declares, and names that a file of the project does not have. */
export async function findPythonImportFaults(context: SourceContext): Promise<CodeFinding[]> {
  const findings: CodeFinding[] = [];
  const identifiers = Map.groupBy(
    [...context.root.walk()].filter(({ type }) => type === 'identifier'),
    ({ text }) => text,
  );
  for (const found of readPythonImports(context.root).slice(0, mostImports))
    findings.push(...(await faultsOf(found, { ...context, identifiers })));
  return findings;
}

async function faultsOf(found: PythonImport, context: PythonContext): Promise<CodeFinding[]> {
  const { node, module, dots, names } = found;
  const top = module.split('.')[0] ?? '';
  const resolved = resolvePythonModule(found, context);
  switch (resolved.kind) {
    case 'unclear':
      return [];
    case 'missing': {
      if (dots > 0) return [missing(node, `${'.'.repeat(dots)}${module}`)];
      if (pythonStandardModules.has(top) || top.startsWith('_') || isDeclared(top, context)) return [];
      if (pythonPackageOf(top) === undefined) return isOurs(top, context) ? [] : [missing(node, module)];
      const message = `\`${top}\` does not come with Python and is in no list of requirements`;
      return [{ kind: 'third_party_import', line: node.line, name: top, message }];
    }
    case 'package': {
      if (resolved.file === undefined || names === undefined) return [];
      const { folder } = resolved;
      const submodules = names.filter(
        (name) =>
          !context.siblings.some(({ path }) => path.includes(`${folder}/${name.text}.py`) || path.includes(`${folder}/${name.text}/`)),
      );
      return missingNames(submodules, resolved.file);
    }
    case 'file':
      if (pythonStandardModules.has(top) && dots === 0) return [];
      return names === undefined ? missingAttributes(found, { context, file: resolved.file }) : missingNames(names, resolved.file);
    default:
      return resolved satisfies never;
  }
}

function missing(node: SourceNode, name: string): CodeFinding {
  return { kind: 'missing_module', line: node.line, name, message: `\`${name}\` is imported, and there is no such module` };
}

/** Whether it is the file's own module or a folder that the file is in. */
function isOurs(top: string, { path }: SourceContext): boolean {
  return path.split('/').includes(top) || fileNameOf(path).replace(/\.pyi?$/, '') === top;
}

function isDeclared(top: string, { siblings }: SourceContext): boolean {
  const names = new Set([top, pythonPackageOf(top) ?? top].map(normal));
  return siblings.some(({ path, content }) => {
    if (!namesRequirements(fileNameOf(path).toLowerCase())) return false;
    return content.split(/[^\w.-]+/).some((word) => names.has(normal(word)));
  });
}

function normal(name: string): string {
  return name.toLowerCase().replaceAll(/[_.]/g, '-');
}

async function missingNames(names: SourceNode[], file: SourceFile): Promise<CodeFinding[]> {
  const exported = await namesOf(file);
  if (exported === undefined) return [];
  return names.filter(({ text }) => !exported.has(text) && !/^__\w+__$/.test(text)).map((name) => missingExport(name, name.text, file));
}

/** Finds `sibling.name` where the sibling has no such name, but only if nothing else has the sibling's name. */
async function missingAttributes(
  found: PythonImport,
  { context, file }: { context: PythonContext; file: SourceFile },
): Promise<CodeFinding[]> {
  const { alias } = found;
  const exported = alias === undefined ? undefined : await namesOf(file);
  if (alias === undefined || exported === undefined) return [];
  const findings = new Map<string, CodeFinding>();
  for (const node of context.identifiers.get(alias) ?? []) {
    const attribute = node.field === 'object' ? node.parent?.child('attribute') : undefined;
    if (attribute === undefined && !isPartOfImport(node)) return [];
    if (attribute === undefined) continue;
    if (node.parent?.field === 'left') return [];
    if (exported.has(attribute.text) || pythonBuiltins.has(attribute.text) || findings.has(attribute.text)) continue;
    findings.set(attribute.text, missingExport(attribute, attribute.text, file));
  }
  return [...findings.values()];
}

function isPartOfImport(node: SourceNode): boolean {
  return node.parent?.type === 'attribute' || [...node.ancestors()].some(({ type }) => type === 'import_statement');
}

function missingExport(node: SourceNode, name: string, { path }: SourceFile): CodeFinding {
  return { kind: 'missing_export', line: node.line, name, message: `\`${path}\` does not define \`${name}\`` };
}

/** Undefined if the file may have names that are not visible. */
async function namesOf(file: SourceFile): Promise<ReadonlySet<string> | undefined> {
  const root = await readFile(file);
  if (root === undefined) return undefined;
  const { isOpen, module } = readPythonNames(root);
  return isOpen || module.names.has('__getattr__') ? undefined : module.names;
}
