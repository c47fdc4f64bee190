import type { Node } from '@vscode/tree-sitter-wasm';
import { createParser } from '../../files/syntax/load-grammar.ts';
import { type SignatureGrammar, signatureGrammarOf } from './signature-grammars.ts';
import { invisibleCharacters } from '../../utils/printable.ts';

const largest = 128 * 1024;
/** So often the parser may ask whether it should go on. A count and not a time, so that the answer is the same on every machine. */
const mostSteps = 200_000;
const mostLines = 60;
const mostCharacters = 160;
/** How deep classes may be nested; what is deeper is skipped. */
const deepest = 4;
/** No person writes longer lines. */
const longestLine = 5000;

/**
 * What a file defines for others, a line each, without bodies; what is in a class stands indented below it.
 * @param names what is known of a file that cannot be parsed; these are then shown instead.
 */
export async function readSignatures(path: string, text: string, names: readonly string[]): Promise<string[]> {
  const grammar = signatureGrammarOf(path);
  if (grammar === undefined || text.length > largest || text.split('\n').some(({ length }) => length > longestLine))
    return namesAsLines(names);
  const parser = await createParser(grammar.name);
  try {
    let steps = 0;
    const tree = parser.parse(text, null, { progressCallback: () => (steps += 1) > mostSteps });
    if (tree === null) return namesAsLines(names);
    try {
      const lines: string[] = [];
      collect(tree.rootNode, {
        grammar,
        lines,
        depth: 0,
        around: 0,
        exportedOnly: grammar.exports !== undefined && hasExports(tree.rootNode, grammar),
      });
      return lines.length > 0 ? lines : namesAsLines(names);
    } finally {
      tree.delete();
    }
  } finally {
    parser.delete();
  }
}

/** Whether a line may have come from here. */
export function isSignature(line: string): boolean {
  return line.length <= mostCharacters + deepest * 2 + 1 && line.search(invisibleCharacters) === -1 && !line.includes('```');
}

function namesAsLines(names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of names.slice(0, mostLines)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < mostCharacters / 2) lines[lines.length - 1] = `${last}, ${name}`;
    else lines.push(asLine(name));
  }
  return lines;
}

interface Reading {
  grammar: SignatureGrammar;
  lines: string[];
  /** How many classes it is in, and how many namespaces and the like, which are not shown. */
  depth: number;
  around: number;
  exportedOnly: boolean;
}

function hasExports(root: Node, { exports }: SignatureGrammar): boolean {
  return root.namedChildren.some((node) => node?.type === exports);
}

function collect(parent: Node, reading: Reading): void {
  const { grammar, lines, depth, exportedOnly } = reading;
  for (const node of parent.namedChildren) {
    if (lines.length >= mostLines) return;
    if (node === null) continue;
    if (grammar.around.has(node.type)) {
      if (reading.around < deepest) {
        collect(node.childForFieldName('body') ?? node, { ...reading, around: reading.around + 1, exportedOnly: false });
      }
      continue;
    }
    const isExported = node.type === grammar.exports;
    if (exportedOnly && !isExported) continue;
    const core = isExported || grammar.wrappers.has(node.type) ? innermost(node, grammar) : node;
    if (core === undefined) {
      if (isExported) add(reading, node.text);
      continue;
    }
    if (isHidden(core, node)) continue;
    const body = bodyOf(core);
    if (grammar.containers.has(core.type)) {
      add(reading, textUntil(node, core, body));
      if (body !== undefined && depth < deepest) collect(body, { ...reading, depth: depth + 1, exportedOnly: false });
    } else if (grammar.definitions.has(core.type)) {
      add(reading, textUntil(node, core, body));
    }
  }
}

/** What a decorated, exported or templated node is about. */
function innermost(node: Node, grammar: SignatureGrammar): Node | undefined {
  let at: Node = node;
  for (let depth = 0; depth < 4; depth += 1) {
    const next = at.namedChildren.find(
      (child) => child !== null && [grammar.wrappers, grammar.containers, grammar.definitions].some((types) => types.has(child.type)),
    );
    if (!next) return undefined;
    if (!grammar.wrappers.has(next.type)) return next;
    at = next;
  }
  return undefined;
}

/** What others cannot or should not use. */
function isHidden(core: Node, whole: Node): boolean {
  const name = core.childForFieldName('name')?.text ?? '';
  return name.startsWith('#') || /^_(?!_)/.test(name) || /^(?:private|protected)\b/.test(whole.text.slice(0, 20));
}

/** The part of a definition that says how it works, and not how it is used. */
function bodyOf(node: Node): Node | undefined {
  const body = node.childForFieldName('body') ?? node.childForFieldName('accessors');
  if (body !== null) return body;
  const declarator = node.namedChildren.find((child) => child?.type === 'variable_declarator');
  const value = (declarator ?? node).childForFieldName('value') ?? undefined;
  return value?.childForFieldName('body') ?? (node.type === 'type_alias_declaration' ? undefined : value);
}

function textUntil(whole: Node, core: Node, body: Node | undefined): string {
  // Decorators and templates say little; `export` belongs to it.
  const start = whole.type === 'decorated_definition' ? core.startIndex : whole.startIndex;
  const end = body?.startIndex ?? core.endIndex;
  return whole.text.slice(start - whole.startIndex, end - whole.startIndex);
}

function add({ lines, depth }: Reading, text: string): void {
  const line = asLine(text);
  if (line !== '') lines.push('  '.repeat(depth) + line);
}

/** One line, cut where it gets long, without what opens a body. */
function asLine(text: string): string {
  const line = withoutComments(text.slice(0, 1000))
    .replaceAll(/[\s\u2028\u2029]+/g, ' ')
    .replaceAll(invisibleCharacters, '')
    .replaceAll('```', '`\u200A``')
    .trim();
  const shown = line.length > mostCharacters ? `${line.slice(0, mostCharacters).toWellFormed()}…` : line;
  return shown.replace(/ ?(?:=>|[{:=;])$/, '').trimEnd();
}

function withoutComments(text: string): string {
  let rest = text;
  for (let start = rest.indexOf('/*'); start !== -1; start = rest.indexOf('/*', start)) {
    const end = rest.indexOf('*/', start + 2);
    rest = `${rest.slice(0, start)} ${end === -1 ? '' : rest.slice(end + 2)}`;
  }
  return rest;
}
