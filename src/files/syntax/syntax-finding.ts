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
