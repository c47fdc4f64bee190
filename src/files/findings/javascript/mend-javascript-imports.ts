import type { LineEdit } from '../mend-result.ts';
import type { SourceContext } from '../source-context.ts';
import type { SourceNode } from '../source-tree.ts';
import { undefinedJavaScriptUses } from './find-undefined-javascript-names.ts';
import { isEcmaScriptModule, usesCommonJs, placeForImports } from './javascript-kind.ts';
import { nodeImportFor, type NodeImport, type NodeUsage } from './node-imports-to-add.ts';
import { readJavaScriptNames } from './read-javascript-names.ts';

/** Adds imports of Node's own modules for names that can mean nothing else, in the style of the file. */
export function mendJavaScriptImports({ content, path, root }: SourceContext): LineEdit[] {
  const missing = new Set(undefinedJavaScriptUses({ path, root }).map(({ name }) => name));
  const { uses } = readJavaScriptNames(root);
  // A script in a page has none of these.
  if (missing.size === 0 || uses.some(({ name, scope }) => /^(?:document|window|localStorage)$/.test(name) && !scope.has(name))) return [];
  const imports = [
    ...usagesOf(
      missing,
      uses.map(({ node }) => node),
    ),
  ].flatMap(([name, usage]) => nodeImportFor(name, usage) ?? []);
  const at = placeForImports(content, root);
  if (at === undefined) return [];
  return nodeImportLines(imports, { content, path, root }).map((line) => ({ kind: 'insert', at, line }));
}

/** In the style of the file: `import` or `require`, its quotes and its semicolons. */
export function nodeImportLines(imports: readonly NodeImport[], file: Pick<SourceContext, 'content' | 'path' | 'root'>): string[] {
  return linesOf(imports, formOf(file));
}

function usagesOf(names: ReadonlySet<string>, nodes: readonly SourceNode[]): ReadonlyMap<string, NodeUsage> {
  const usages = new Map<string, { attributes: Set<string>; awaited: Set<string>; standsAlone: boolean }>();
  for (const node of nodes) {
    if (!names.has(node.text)) continue;
    const usage = usages.get(node.text) ?? { attributes: new Set(), awaited: new Set(), standsAlone: false };
    usages.set(node.text, usage);
    const member = node.field === 'object' && node.parent?.type === 'member_expression' ? node.parent : undefined;
    const property = member?.child('property');
    if (member === undefined || property === undefined) usage.standsAlone = true;
    else {
      usage.attributes.add(property.text);
      if (member.parent?.type === 'call_expression' && member.parent.parent?.type === 'await_expression') usage.awaited.add(property.text);
    }
  }
  return usages;
}

interface Form {
  style: 'import' | 'import all' | 'require';
  quote: string;
  end: string;
}

function formOf({ content, path, root }: Pick<SourceContext, 'content' | 'path' | 'root'>): Form {
  const isTyped = /\.[cm]?tsx?$/i.test(path);
  const isModule = isEcmaScriptModule({ path, root }) || (isTyped && !usesCommonJs(root));
  const style = !isModule ? 'require' : isTyped ? 'import all' : 'import';
  const first = root.children.find(({ type }) =>
    /^(?:import_statement|lexical_declaration|variable_declaration|expression_statement)$/.test(type),
  );
  const string = [...(root.children.find(({ type }) => type === 'import_statement') ?? root).walk()].find(({ type }) => type === 'string');
  const usesSemicolons = first === undefined || content.slice(0, first.end).endsWith(';');
  return { style, quote: string?.text.startsWith('"') ? '"' : "'", end: usesSemicolons ? ';' : '' };
}

function linesOf(imports: readonly NodeImport[], { style, quote, end }: Form): string[] {
  const from = (module: string): string => `${quote}node:${module}${quote}`;
  const whole = imports
    .filter(({ kind }) => kind === 'module')
    .map(({ name, module }) => {
      if (style === 'require') return `const ${name} = require(${from(module)})${end}`;
      return `import ${style === 'import all' ? `* as ${name}` : name} from ${from(module)}${end}`;
    });
  const byModule = Map.groupBy(
    imports.filter(({ kind }) => kind === 'name'),
    ({ module }) => module,
  );
  const named = [...byModule].map(([module, list]) => {
    const names = list
      .map(({ name }) => name)
      .toSorted()
      .join(', ');
    return style === 'require' ? `const { ${names} } = require(${from(module)})${end}` : `import { ${names} } from ${from(module)}${end}`;
  });
  return [...whole.toSorted(), ...named.toSorted()];
}
