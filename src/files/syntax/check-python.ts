import type { Node } from '@vscode/tree-sitter-wasm';
import { checkWithGrammar, placeOf } from './check-with-grammar.ts';
import { pythonCompileRules } from './python-compile-rules.ts';
import type { SyntaxFinding } from './syntax-finding.ts';

/** Python 3. The grammar is lenient about indentation; Python is not. */
export function checkPython(text: string): Promise<SyntaxFinding[]> {
  return checkWithGrammar(text, {
    grammar: 'python',
    rules: {
      ...pythonCompileRules,
      module: (module) => atTheMargin(module, text) ?? sameIndentation(module),
      block: filledAndSameIndentation,
    },
  });
}

/** Python refuses a file that is indented as a whole at its first statement. */
function atTheMargin(module: Node, text: string): SyntaxFinding | undefined {
  const first = module.namedChildren.find((child) => child !== null && child.type !== 'comment' && !child.isError);
  if (first === undefined || first === null) return undefined;
  const before = text.slice(text.lastIndexOf('\n', first.startIndex - 1) + 1, first.startIndex);
  return /^[ \t]+$/.test(before) ? { ...placeOf(first), message: 'unexpected indentation' } : undefined;
}

function filledAndSameIndentation(block: Node): SyntaxFinding | undefined {
  const hasStatement = block.namedChildren.some((child) => child !== null && child.type !== 'comment');
  return hasStatement ? sameIndentation(block) : { ...placeOf(block), message: 'an indented block is expected here' };
}

/** All statements of a block that begin a line must begin in the same column. */
function sameIndentation(block: Node): SyntaxFinding | undefined {
  const statements = block.namedChildren.filter((child): child is Node => child !== null && child.type !== 'comment' && !child.isError);
  const [first] = statements;
  let row = first?.startPosition.row;
  for (const statement of statements) {
    const { startPosition, endPosition } = statement;
    if (first !== undefined && startPosition.row !== row && startPosition.column !== first.startPosition.column)
      return { ...placeOf(statement), message: 'unexpected indentation' };
    row = endPosition.row;
  }
  return undefined;
}
