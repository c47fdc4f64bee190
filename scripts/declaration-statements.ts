/** A statement of a file of declarations. */
export interface Statement {
  /** What it declares. Undefined: nothing, such as an import. */
  name: string | undefined;
  text: string;
  /** The remark above it as it is written; empty: there is none. */
  remark: string;
}

const declared = /^(?:export )?(?:declare )?(?:abstract )?(?:class|const|function|interface|type) (\w+)/;

/** The statements of a file that the compiler has written. */
export function statementsOf(text: string): Statement[] {
  const statements: Statement[] = [];
  let remark = '';
  for (const piece of text.split(/^(?=\/\*\*|(?:export|declare|import|type|interface) )/m)) {
    if (!piece.startsWith('/**')) {
      statements.push({ name: declared.exec(piece)?.[1], text: piece.trimEnd(), remark });
      remark = '';
      continue;
    }
    const end = piece.indexOf('*/') + '*/'.length;
    const last = statements.at(-1);
    // The members of a union begin at the margin, too.
    if (piece.slice(end).trim() !== '' && last !== undefined) last.text += `\n${piece.trimEnd()}`;
    else remark = piece.slice(0, end);
  }
  return statements;
}
