import type { Node } from '@vscode/tree-sitter-wasm';
import { createParser } from '../syntax/load-grammar.ts';
import { syntaxLanguageOf } from '../syntax/syntax-language.ts';
import { describeNode, type Described, type FragmentGrammar } from './describe-node.ts';
import { elisionMark } from './mark-elisions.ts';
import type { Outline, OutlineEntry } from './outline.ts';

const largest = 256 * 1024;
const limitMilliseconds = 1000;
/** How deep classes may be nested; deeper ones are skipped. */
const deepest = 4;

const grammars: ReadonlySet<string> = new Set<FragmentGrammar>(['go', 'java', 'javascript', 'python', 'rust', 'tsx', 'typescript']);

/** The grammar for a path's language. Undefined if fragments in it cannot be told from files. */
export function fragmentGrammarOf(path: string): FragmentGrammar | undefined {
  const language = syntaxLanguageOf(path);
  return language !== undefined && grammars.has(language) ? (language as FragmentGrammar) : undefined;
}

/** @returns undefined for a text that does not parse, or is too large. */
export async function readOutline(text: string, grammar: FragmentGrammar): Promise<Outline | undefined> {
  if (text.length > largest) return undefined;
  const parser = await createParser(grammar);
  try {
    const end = performance.now() + limitMilliseconds;
    const tree = parser.parse(text, null, { progressCallback: () => performance.now() > end });
    if (tree === null) return undefined;
    try {
      if (tree.rootNode.hasError) return undefined;
      const entries = entriesOf(tree.rootNode, { grammar, text, depth: 0 });
      return { text, entries, stringLines: linesWithinStrings(tree.rootNode) };
    } finally {
      tree.delete();
    }
  } finally {
    parser.delete();
  }
}

interface OutlineSource {
  grammar: FragmentGrammar;
  text: string;
  depth: number;
}

function entriesOf(parent: Node, reading: OutlineSource): OutlineEntry[] {
  const { grammar, text } = reading;
  const entries: OutlineEntry[] = [];
  let lead: number | undefined;
  let start: number | undefined;
  let previousEnd = -1;
  for (const node of parent.namedChildren) {
    if (node === null) continue;
    const described = describeNode(node, grammar);
    const end = node.startIndex + node.text.trimEnd().length;
    // Comments right above belong to what follows, unless they are at the end of a line of code.
    const touches = previousEnd !== -1 && isAdjacent(text.slice(previousEnd, node.startIndex));
    if (!touches) lead = undefined;
    if (described.kind === 'comment' && node.type !== 'expression_statement' && node.type !== 'pass_statement') {
      const standsAlone = text.slice(text.lastIndexOf('\n', node.startIndex - 1) + 1, node.startIndex).trim() === '';
      lead = !standsAlone || node.text.includes(elisionMark) ? undefined : (lead ?? node.startIndex);
    } else if (described.kind === 'attribute') {
      start ??= node.startIndex;
    } else {
      const from = start ?? node.startIndex;
      entries.push(entryOf(node, described, { start: from, lead: lead ?? from, end }, reading));
      lead = undefined;
      start = undefined;
    }
    previousEnd = end;
  }
  return entries;
}

/** Whether there are only one line ending and indentation between them. */
function isAdjacent(between: string): boolean {
  return between.trim() === '' && between.split('\n').length <= 2;
}

function entryOf(
  node: Node,
  described: Described,
  place: { start: number; lead: number; end: number },
  reading: OutlineSource,
): OutlineEntry {
  if (described.kind === 'container' && reading.depth < deepest) {
    const { name, body, core } = described;
    const header = reading.text.slice(core, body.startIndex).replaceAll(/\s+/g, ' ').trim();
    return { kind: 'container', ...place, core, name, header, entries: entriesOf(body, { ...reading, depth: reading.depth + 1 }) };
  }
  if (described.kind === 'definition') {
    const { sort, name, bareName = name, takesSelf = false, body, core } = described;
    return { kind: 'definition', ...place, core, sort, name, bareName, takesSelf, isStub: body !== undefined && isStub(body) };
  }
  const kind = described.kind === 'container' || described.kind === 'attribute' ? 'other' : described.kind;
  return { kind, ...place, core: node.startIndex };
}

const idle = new Set(['pass_statement', 'ellipsis', 'string']);

function isStub(body: Node): boolean {
  return body.namedChildren.every(
    (child) =>
      child === null ||
      child.type.endsWith('comment') ||
      idle.has(child.type) ||
      (child.type === 'expression_statement' && child.namedChildren.length === 1 && idle.has(child.namedChildren[0]?.type ?? '')),
  );
}

const strings = /^(?:string|template_string|raw_string_literal|string_literal|text_block|multiline_string_literal)$/;

/** Lines that begin within a string, except those of a docstring, which is indented with what it describes. */
function linesWithinStrings(root: Node): Set<number> {
  const lines = new Set<number>();
  const cursor = root.walk();
  try {
    for (;;) {
      const isString = strings.test(cursor.nodeType);
      if (isString) {
        const first = cursor.startPosition.row;
        const last = cursor.endPosition.row;
        const isDocstring = last > first && cursor.currentNode.parent?.type === 'expression_statement';
        if (!isDocstring) for (let row = first + 1; row <= last; row += 1) lines.add(row);
      }
      if (!isString && cursor.gotoFirstChild()) continue;
      while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return lines;
    }
  } finally {
    cursor.delete();
  }
}
