import type { CodeFinding, SourceFile } from './code-finding.ts';
import { findingLanguageOf, readFile, type SourceContext } from './source-context.ts';
import type { SourceNode } from './source-tree.ts';

/** Names of functions and classes in the requirement that neither this file nor another one defines. */
export async function findMissingDemandedNames({ root, siblings }: SourceContext, names: readonly string[]): Promise<CodeFinding[]> {
  const wanted = new Map(names.map((name) => [name, partsOf(name)]));
  const have = definedNames(root);
  const isHere = (parts: string[]): boolean => parts.every((part) => have.has(part));
  if ([...wanted.values()].every(isHere)) return [];
  for (const file of siblings) {
    const missing = [...wanted.values()].flat().filter((part) => !have.has(part));
    for (const name of await namesDefinedIn(file, missing)) have.add(name);
  }
  const missing = [...wanted].filter(([, parts]) => !isHere(parts));
  return missing.map(([name]) => ({
    kind: 'demanded_name_missing',
    line: 1,
    name,
    message: `\`${name}\` is asked for, and nothing defines it`,
  }));
}

/** `Stack.push()` and `Stack::push` are a class and its method. */
function partsOf(name: string): string[] {
  return name
    .replace(/\(.*$/s, '')
    .split(/[.#:]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

async function namesDefinedIn(file: SourceFile, missing: readonly string[]): Promise<Iterable<string>> {
  const mentioned = missing.filter((name) => file.content.includes(name));
  if (mentioned.length === 0 || findingLanguageOf(file.path) === undefined) return [];
  const root = await readFile(file);
  // A file that cannot be read gets the benefit of the doubt.
  return root === undefined ? mentioned : definedNames(root);
}

/** Nodes that use their `name` and do not define it. */
const uses =
  /^(?:aliased_import|import_from_statement|import_statement|import_specifier|export_specifier|keyword_argument|method_invocation|jsx_\w+|scoped_\w+|qualified_type|field_access|marker_annotation|annotation|macro_invocation)$/;

function definedNames(root: SourceNode): Set<string> {
  const names = new Set<string>();
  for (const node of root.walk()) {
    const { type, field, parent } = node;
    if (parent === undefined || node.children.length > 0) continue;
    const isName = field === 'name' && !uses.test(parent.type);
    const isTarget = field === 'left' && parent.type === 'assignment';
    const isKey =
      (field === 'key' && parent.type === 'pair') ||
      (field === 'property' && /field_definition$|^member_expression$/.test(parent.type) && isAssigned(parent));
    if (isName || isTarget || isKey || type === 'shorthand_property_identifier') names.add(node.text);
  }
  return names;
}

function isAssigned(node: SourceNode): boolean {
  return node.type !== 'member_expression' || node.field === 'left';
}
