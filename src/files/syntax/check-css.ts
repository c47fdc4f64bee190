import type { Node } from '@vscode/tree-sitter-wasm';
import { checkWithGrammar } from './check-with-grammar.ts';
import type { SyntaxFinding } from './syntax-finding.ts';

/** CSS. Conditions of at-rules change faster than the grammar (`@container (width > 40em)`), so they are not judged. */
export function checkCss(text: string): Promise<SyntaxFinding[]> {
  return checkWithGrammar(text, { grammar: 'css', forgives: isInCondition });
}

function isInCondition(error: Node): boolean {
  const { parent } = error;
  return parent !== null && /(?:_query|_statement|at_rule)$/.test(parent.type) && !error.isMissing;
}
