import type { SqlToken } from './sql-tokens.ts';

/** The tokens between the parenthesis at a place and the one that closes it. @returns `end`: behind that one. */
export function betweenParentheses(tokens: readonly SqlToken[], open: number): { inside: readonly SqlToken[]; end: number } {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const sign = signAt(tokens, at);
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth === 0) return { inside: tokens.slice(open + 1, at), end: at + 1 };
  }
  return { inside: tokens.slice(open + 1), end: tokens.length };
}

/** The parts between the commas that stand in no parentheses. */
export function atTopLevel(tokens: readonly SqlToken[]): SqlToken[][] {
  const parts: SqlToken[][] = [];
  let part: SqlToken[] = [];
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    const sign = signAt(tokens, at);
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign === ',' && depth === 0) {
      parts.push(part);
      part = [];
    } else part.push(token);
  }
  return [...parts, part].filter(({ length }) => length > 0);
}

/** A name with those before it, such as `public.users`, of which the schema `public` says nothing. @returns `end`: behind it. */
export function nameAt(tokens: readonly SqlToken[], from: number): { name: string; end: number } {
  const names = [tokens[from]?.text ?? ''];
  let at = from + 1;
  while (signAt(tokens, at) === '.') {
    names.push(tokens[at + 1]?.text ?? '');
    at += 2;
  }
  if (names.length > 1 && /^(?:public|main)$/i.test(names[0] ?? '')) names.shift();
  return { name: names.join('.'), end: at };
}

/** As it may be written. */
export function sqlText(tokens: readonly SqlToken[]): string {
  const pieces: string[] = [];
  let last = '(';
  for (const { kind, text } of tokens) {
    const shown = kind === 'text' ? `'${text.replaceAll("'", "''")}'` : text;
    const isTight = kind === 'other' && (/^[),.;\][:]/.test(text) || (text === '(' && /[\p{L}\d_]/u.test(last)));
    pieces.push(isTight || '(.[:'.includes(last) ? shown : ` ${shown}`);
    last = shown.at(-1) ?? last;
  }
  return pieces.join('');
}

/** Undefined for what stands in quotes. */
function signAt(tokens: readonly SqlToken[], at: number): string | undefined {
  const token = tokens[at];
  return token?.kind === 'other' ? token.text : undefined;
}
