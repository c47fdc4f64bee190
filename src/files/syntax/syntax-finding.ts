/** Where a file breaks the rules of its language. */
export interface SyntaxFinding {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
  /** A part of a sentence, in one line; what it quotes comes from the file and is not made safe to show. */
  message: string;
}

/** Looks at one language. Synchronous work may throw anything a parser throws; `checkSyntax` takes care of it. */
export type SyntaxChecker = (text: string) => SyntaxFinding[] | Promise<SyntaxFinding[]>;

const longest = 40;

/** The beginning of a piece of a file, in one line, for a finding's message. */
export function quoteText(text: string): string {
  const line = text.trimStart().split(/\r?\n/, 1)[0]!.trimEnd();
  return `\`${line.length > longest ? `${line.slice(0, longest).toWellFormed()}…` : line}\``;
}

/** The place of an offset (UTF-16 units) in a text: line and column from 1. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line += 1;
  return { line, column: offset - lineStart + 1 };
}
