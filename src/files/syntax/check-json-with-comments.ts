import { checkWithGrammar } from './check-with-grammar.ts';
import type { SyntaxFinding } from './syntax-finding.ts';

/** JSON with comments and trailing commas, as editors and compilers read their settings: an expression of JavaScript. */
export async function checkJsonWithComments(text: string): Promise<SyntaxFinding[]> {
  const findings = await checkWithGrammar(`(\n${text}\n)`, { grammar: 'javascript' });
  return findings.map(({ line, ...finding }) => ({ ...finding, line: Math.max(1, line - 1) }));
}
