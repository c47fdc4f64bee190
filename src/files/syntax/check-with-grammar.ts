import type { Node, Tree } from '@vscode/tree-sitter-wasm';
import { createParser, type GrammarName } from './load-grammar.ts';
import { quoteText, type SyntaxFinding } from './syntax-finding.ts';

/** A further check of a node in a tree that parses: it finds what the grammar accepts but the language does not. */
export type NodeRule = (node: Node) => SyntaxFinding | undefined;

export interface GrammarCheckOptions {
  grammar: GrammarName;
  /** Rules for nodes of these types. */
  rules?: Readonly<Record<string, NodeRule>> | undefined;
  /** Whether an error is a shortcoming of the grammar. */
  forgives?: ((error: Node) => boolean) | undefined;
}

/** A file that takes longer than this is left unchecked. */
const limitMilliseconds = 2000;

/** The text could not be judged within the time limit. */
export class CheckTooLongError extends Error {
  override readonly name = 'CheckTooLongError';
}

/**
 * The errors that a tree-sitter grammar sees. Of nested errors the outer one is reported: it begins where the parse went wrong.
 * @throws CheckTooLongError
 */
export async function checkWithGrammar(text: string, options: GrammarCheckOptions): Promise<SyntaxFinding[]> {
  const { grammar, rules = {}, forgives = () => false } = options;
  const parser = await createParser(grammar);
  try {
    const end = performance.now() + limitMilliseconds;
    const tree = parser.parse(text, null, { progressCallback: () => performance.now() > end });
    if (tree === null) throw new CheckTooLongError();
    try {
      return findingsOf(tree, { rules, forgives });
    } finally {
      tree.delete();
    }
  } finally {
    parser.delete();
  }
}

interface Judges {
  rules: Readonly<Record<string, NodeRule>>;
  forgives: (error: Node) => boolean;
}

function findingsOf(tree: Tree, { rules, forgives }: Judges): SyntaxFinding[] {
  const hasRules = Object.keys(rules).length > 0;
  if (!hasRules && !tree.rootNode.hasError) return [];
  const findings: SyntaxFinding[] = [];
  const cursor = tree.walk();
  try {
    for (;;) {
      // Getting a node costs far more than asking the cursor about it.
      const isWrong = cursor.nodeType === 'ERROR' || cursor.nodeIsMissing;
      if (isWrong && !forgives(cursor.currentNode)) findings.push(findingOf(cursor.currentNode));
      const found = rules[cursor.nodeType]?.(cursor.currentNode);
      if (found !== undefined) findings.push(found);
      const isWorthALook = !isWrong && (hasRules || cursor.currentNode.hasError);
      if (isWorthALook && cursor.gotoFirstChild()) continue;
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return findings;
      }
    }
  } finally {
    cursor.delete();
  }
}

function findingOf(node: Node): SyntaxFinding {
  const place = placeOf(node);
  if (node.isMissing) return { ...place, message: `${quoteText(node.type)} is missing` };
  const isOneLine = node.startPosition.row === node.endPosition.row;
  return { ...place, message: isOneLine ? `unexpected ${quoteText(node.text)}` : `what begins with ${quoteText(node.text)} is broken` };
}

export function placeOf({ startPosition: { row, column } }: Node): { line: number; column: number } {
  return { line: row + 1, column: column + 1 };
}
