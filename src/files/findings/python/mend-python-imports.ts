import { lineStart, type LineEdit } from '../mend-result.ts';
import type { SourceContext } from '../source-context.ts';
import type { SourceNode } from '../source-tree.ts';
import { undefinedPythonUses } from './find-undefined-python-names.ts';
import { pythonImportFor, type PythonUsage } from './python-imports-to-add.ts';
import { readPythonNames } from './read-python-names.ts';
import { siblingImportFor } from './sibling-import-for.ts';
import { resolvePythonModule } from './resolve-python-module.ts';

/** Adds imports for names that can mean nothing else: from the standard library, or from the one sibling file that has that name or defines it. */
export function mendPythonImports(context: SourceContext): LineEdit[] {
  const { content, root } = context;
  const reading = readPythonNames(root);
  const missing = new Set(undefinedPythonUses(reading).map(({ name }) => name));
  if (missing.size === 0) return [];
  const usages = usagesOf(
    missing,
    reading.uses.map(({ node }) => node),
  );
  const lines = new Map<string, string>();
  for (const [name, usage] of usages) {
    const standard = pythonImportFor(name, usage);
    // If a module of the project has the name of a standard one, a person has to decide.
    const line = standard ?? siblingImportFor(name, usage, context);
    if (line !== undefined && !(line === standard && isOurs(line, context))) lines.set(name, line);
  }
  // `field` of a data class and `auto` of an enumeration are recognised by what is used beside them.
  if (missing.has('field') && isKnown('dataclass', lines, root)) lines.set('field', 'from dataclasses import field');
  if (missing.has('auto') && isKnown('Enum', lines, root)) lines.set('auto', 'from enum import auto');
  const at = placeFor(content, root);
  return at === undefined ? [] : joined([...lines.values()]).map((line) => ({ kind: 'insert', at, line }));
}

function usagesOf(names: ReadonlySet<string>, nodes: readonly SourceNode[]): ReadonlyMap<string, PythonUsage> {
  const usages = new Map<string, { attributes: Set<string>; standsAlone: boolean }>();
  for (const node of nodes) {
    if (!names.has(node.text)) continue;
    const usage = usages.get(node.text) ?? { attributes: new Set(), standsAlone: false };
    usages.set(node.text, usage);
    const attribute = node.field === 'object' ? node.parent?.child('attribute') : undefined;
    if (attribute === undefined) usage.standsAlone = true;
    else usage.attributes.add(attribute.text);
  }
  return usages;
}

function isOurs(line: string, context: SourceContext): boolean {
  const module = line.split(' ')[1] ?? '';
  return resolvePythonModule({ module, dots: 0 }, context).kind !== 'missing';
}

function isKnown(name: string, lines: ReadonlyMap<string, string>, root: SourceNode): boolean {
  return (
    lines.has(name) ||
    root.children.some(({ type, text }) => type === 'import_from_statement' && new RegExp(String.raw`\b${name}\b`).test(text))
  );
}

/** One line for each module, in alphabetical order; plain imports first. */
function joined(lines: readonly string[]): string[] {
  const plain = lines.filter((line) => line.startsWith('import '));
  const names = new Map<string, string[]>();
  for (const line of lines) {
    const [, module, name] = /^from (\S+) import (\w+)$/.exec(line) ?? [];
    if (module !== undefined && name !== undefined) names.set(module, [...(names.get(module) ?? []), name]);
  }
  const from = [...names].map(([module, list]) => `from ${module} import ${list.toSorted().join(', ')}`);
  return [...plain.toSorted(), ...from.toSorted()];
}

/** The position before the first statement that is neither the docstring nor from `__future__`. */
function placeFor(content: string, root: SourceNode): number | undefined {
  const statements = root.children.filter(({ type }) => type !== 'comment');
  const first = statements.find(
    (node, at) => node.type !== 'future_import_statement' && !(at === 0 && node.children[0]?.type === 'string'),
  );
  if (first === undefined) return undefined;
  const at = lineStart(content, first.start);
  return content.slice(at, first.start).trim() === '' ? at : undefined;
}
