import { createRequire } from 'node:module';
import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { ExpressionError } from './expression-error.ts';

/** A node of a parsed expression: what it does (`op`), to what (`args`), and where it stands in the text (`start`). */
export type ExpressionNode = ASTNode;

/** So many characters has no condition that a person can still read. */
export const longestExpression = 2000;

const mostNodes = 500;
const deepestNesting = 40;

const require = createRequire(import.meta.url);
let environment: Environment | undefined;

/** Those of the workflows that are at work; what was dropped is read again. */
const kept = new Map<string, ExpressionNode>();
const mostKept = 500;

/**
 * The tree of a CEL expression. The library is loaded when the first one is read.
 * @throws ExpressionError for a text that is none, is too long or is nested too deep.
 */
export function parseExpression(text: string): ExpressionNode {
  const node = kept.get(text) ?? parsed(text);
  if (kept.size >= mostKept) kept.clear();
  kept.set(text, node);
  return node;
}

function parsed(text: string): ExpressionNode {
  if (text.length > longestExpression) {
    throw new ExpressionError(`the expression has ${text.length} characters, and may have ${longestExpression}`);
  }
  if (text.trim() === '') throw new ExpressionError('expected an expression, found an empty text');
  environment ??= newEnvironment();
  try {
    return environment.parse(text).ast;
  } catch (error) {
    const { summary, message, range } = error as { summary?: string; message: string; range?: { start: number } };
    throw new ExpressionError(`this is no expression: ${plainWords(summary ?? message)}`, { at: range?.start });
  }
}

function newEnvironment(): Environment {
  const library = require('@marcbachmann/cel-js') as typeof import('@marcbachmann/cel-js');
  return new library.Environment({ limits: { maxAstNodes: mostNodes, maxDepth: deepestNesting } });
}

/** The value that is written in an expression. There is one kind of number. @throws ExpressionError for bytes, and for whole numbers that are not exact. */
export function literalOf(node: Extract<ExpressionNode, { op: 'value' }>): string | number | boolean | null {
  const value = node.args;
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  if (value instanceof Uint8Array) throw new ExpressionError('bytes are not supported', { at: node.start });
  const whole = Number(typeof value === 'bigint' ? value : value.valueOf());
  if (!Number.isSafeInteger(whole)) throw new ExpressionError('the number is too large', { at: node.start });
  return whole;
}

/** The library calls tokens by their names in its own code. */
function plainWords(summary: string): string {
  return summary
    .replaceAll('EOF', 'the end')
    .replace(/\b(RPAREN|LPAREN|RBRACKET|LBRACKET|RBRACE|LBRACE|COLON|COMMA|QUESTION|IDENTIFIER|DOT)\b/g, (name) => words[name] ?? name)
    .replace(/^\w/, (letter) => letter.toLowerCase());
}

const words: Record<string, string> = {
  RPAREN: ')',
  LPAREN: '(',
  RBRACKET: ']',
  LBRACKET: '[',
  RBRACE: '}',
  LBRACE: '{',
  COLON: ':',
  COMMA: ',',
  QUESTION: '?',
  IDENTIFIER: 'a name',
  DOT: '.',
};
