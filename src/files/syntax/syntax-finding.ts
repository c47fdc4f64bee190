/** Where a file breaks the rules of its language. */
export interface SyntaxFinding {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
  /** Part of a sentence, in one line. What it quotes comes from the file and is not made safe to show. */
  message: string;
}

/** Checks one language. It may throw whatever its parser throws; `checkSyntax` handles that. */
export type SyntaxChecker = (text: string) => SyntaxFinding[] | Promise<SyntaxFinding[]>;

const longest = 40;

/** The beginning of a piece of a file, on one line, for a finding's message. */
export function quoteText(text: string): string {
  const line = text.trimStart().split(/\r?\n/, 1)[0]!.trimEnd();
  return `\`${line.length > longest ? `${line.slice(0, longest).toWellFormed()}…` : line}\``;
}

/** The line and column, from 1, of an offset (UTF-16 units) in a text. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line += 1;
  return { line, column: offset - lineStart + 1 };
}
