import type { CodeFinding, FindingOptions } from '../code-finding.ts';
import type { SourceContext } from '../source-context.ts';
import { largestSource } from '../source-tree.ts';
import { findJavaScriptImportFaults } from './find-javascript-import-faults.ts';
import { findMissingJavaScriptEntry } from './find-javascript-entry.ts';
import { findJavaScriptPlaceholders } from './find-javascript-placeholders.ts';
import { undefinedJavaScriptUses } from './find-undefined-javascript-names.ts';

export async function findJavaScriptFindings(context: SourceContext, { isCommand = false }: FindingOptions): Promise<CodeFinding[]> {
  const { path, root, siblings } = context;
  let words: ReadonlySet<string> | undefined;
  const undefinedNames = undefinedJavaScriptUses({ path, root, comesFromElsewhere: (name) => (words ??= wordsBeside(siblings)).has(name) });
  return [
    ...undefinedNames.map(({ name, node }) => ({
      kind: 'undefined_name' as const,
      line: node.line,
      name,
      message: `\`${name}\` is used but neither declared nor imported`,
    })),
    ...(await findJavaScriptImportFaults(context)),
    ...findJavaScriptPlaceholders(root),
    ...(isCommand ? findMissingJavaScriptEntry(context) : []),
  ];
}

/** Scripts of one page share their names, and the page adds those of its elements and of the libraries that it loads. */
function wordsBeside(siblings: SourceContext['siblings']): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { path, content } of siblings) {
    if (!/\.(?:html?|[cm]?jsx?|ts|php|vue|ejs|hbs)$/i.test(path) || content.length > largestSource) continue;
    for (const [word] of content.matchAll(/[\w$]+/g)) words.add(word);
  }
  return words;
}
