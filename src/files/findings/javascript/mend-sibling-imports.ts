import { folderOf, joinPath } from '../../names/path-parts.ts';
import type { SourceFile } from '../code-finding.ts';
import type { MendedFile } from '../mend-result.ts';
import { findingLanguageOf, readFile } from '../source-context.ts';
import type { SourceNode } from '../source-tree.ts';
import { applyTextEdits, type TextEdit } from '../text-edits.ts';
import { fileAtPlace } from './file-at-place.ts';
import { undefinedJavaScriptUses } from './find-undefined-javascript-names.ts';
import { readJavaScriptExports } from './read-javascript-exports.ts';
import { readJavaScriptNames } from './read-javascript-names.ts';

export interface MendSiblingImportsOptions extends SourceFile {
  siblings: readonly SourceFile[];
}

/** What stands between `import` and `from`, or before `= require`. */
interface Clause {
  node: SourceNode;
  /** The name that the whole file, or its default, is given. */
  whole: SourceNode | undefined;
  /** Within braces, as it is written. Undefined: there are none. */
  names: string[] | undefined;
  specifier: string;
}

/**
 * Imports of files beside this one, as these export it: `import slug from './slug.js'` takes a default that is not there, where the file exports `slug` by name, as
 * small models write it. A name that is used and bound nowhere is added where a file that is imported already exports it. Undefined: nothing to mend.
 */
export async function mendSiblingImports({ path, content, siblings }: MendSiblingImportsOptions): Promise<MendedFile | undefined> {
  const language = findingLanguageOf(path);
  if (language !== 'javascript' && language !== 'typescript' && language !== 'tsx') return undefined;
  const root = await readFile({ path, content });
  if (root === undefined) return undefined;
  const missing = new Set(undefinedJavaScriptUses({ path, root }).map(({ name }) => name));
  const edits: TextEdit[] = [];
  for (const clause of root.children.flatMap((statement) => clauseOf(statement) ?? [])) {
    const exported = await exportsAt(clause.specifier, { path, siblings });
    if (exported === undefined || exported.has('default')) continue;
    const own = clause.whole?.text;
    const isByName = own !== undefined && exported.has(own) && !isUsedAsWhole(own, exported, root);
    const named = [...(isByName ? [own] : []), ...(clause.names ?? [])];
    // A file that is given a name as a whole offers the others behind that name.
    const added = own !== undefined && !isByName ? [] : [...missing].filter((name) => exported.has(name));
    for (const name of added) missing.delete(name);
    if (!isByName && added.length === 0) continue;
    edits.push({ start: clause.node.start, end: clause.node.end, text: `{ ${[...named, ...added].join(', ')} }` });
  }
  if (edits.length === 0) return undefined;
  const mended = applyTextEdits(content, edits);
  if ((await readFile({ path, content: mended })) === undefined) return undefined;
  return {
    content: mended,
    changes: edits.map(({ text, start, end }) => `imported \`${text}\` instead of \`${content.slice(start, end)}\``),
  };
}

async function exportsAt(specifier: string, { path, siblings }: { path: string; siblings: readonly SourceFile[] }) {
  const place = specifier.startsWith('.') ? joinPath(folderOf(path), specifier) : undefined;
  const file = place === undefined ? undefined : fileAtPlace(place, siblings);
  const root = file && (await readFile(file));
  return root && readJavaScriptExports(root)?.names;
}

function clauseOf(statement: SourceNode): Clause | undefined {
  return statement.type === 'import_statement' ? clauseOfImport(statement) : clauseOfRequire(statement);
}

function clauseOfImport(statement: SourceNode): Clause | undefined {
  const node = statement.children.find(({ type }) => type === 'import_clause');
  const specifier = textOf(statement.child('source'));
  if (node === undefined || specifier === undefined || node.children.some(({ type }) => type === 'namespace_import')) return undefined;
  // What is taken for its type alone is gone when the file runs: a value has no place beside it.
  if (/^import\s+type\b(?!\s+from\b)/.test(statement.text.slice(0, 40))) return undefined;
  const braces = node.children.find(({ type }) => type === 'named_imports');
  return {
    node,
    whole: node.children.find(({ type }) => type === 'identifier'),
    names: braces?.children.map(({ text }) => text),
    specifier,
  };
}

/** `const slug = require('./slug')` and `const { slug } = require('./slug')`. */
function clauseOfRequire(statement: SourceNode): Clause | undefined {
  const [declarator, ...more] = statement.children;
  if (declarator?.type !== 'variable_declarator' || more.length > 0) return undefined;
  const [node, call] = [declarator.child('name'), declarator.child('value')];
  if (node === undefined || call?.type !== 'call_expression' || call.child('function')?.text !== 'require') return undefined;
  const specifier = textOf(call.child('arguments')?.children[0]);
  if (specifier === undefined) return undefined;
  if (node.type === 'identifier') return { node, whole: node, names: undefined, specifier };
  return node.type === 'object_pattern' ? { node, whole: undefined, names: node.children.map(({ text }) => text), specifier } : undefined;
}

function textOf(node: SourceNode | undefined): string | undefined {
  return node?.type === 'string' ? node.text.slice(1, -1) : undefined;
}

/** Whether the file is used by `slug.slug('…')`: then its name stands for all that it exports. */
function isUsedAsWhole(name: string, exported: ReadonlySet<string>, root: SourceNode): boolean {
  return readJavaScriptNames(root).uses.some(({ name: used, node }) => {
    const property = used === name && node.field === 'object' ? node.parent?.child('property')?.text : undefined;
    return property !== undefined && exported.has(property);
  });
}
