import { positionAt, type SyntaxFinding } from './syntax-finding.ts';
import { sqlTokens, type SqlToken } from './sql-tokens.ts';

/** The words that begin a statement in any of the usual dialects. */
const verbs = new Set(
  (
    'ALTER ANALYZE ATTACH BACKUP BEGIN BULK CALL CHECKPOINT CLOSE CLUSTER COMMENT COMMIT COPY CREATE DEALLOCATE DECLARE DELETE DENY DESC DESCRIBE DETACH ' +
    'DISCARD DO DROP END EXEC EXECUTE EXIT EXPLAIN FETCH FLUSH ELSE FROM GO GRANT HANDLER IF IMPORT INSERT INSTALL KILL LISTEN LOAD LOCK MERGE MOVE NOTIFY OPEN ' +
    'OPTIMIZE PIVOT PRAGMA PREPARE PRINT PURGE REASSIGN REFRESH REINDEX RELEASE RENAME REPAIR REPLACE RESET RESTORE REVOKE ROLLBACK SAVEPOINT ' +
    'SECURITY SELECT SET SHOW START SUMMARIZE TABLE TRUNCATE UNINSTALL UNLISTEN UNLOCK UPDATE USE VACUUM VALUES WHILE WITH'
  ).split(' '),
);

/** Finding the position of each takes a pass through the file. */
const most = 100;

/** Inside these, statements may begin with other words. */
const procedural = new Set(['PROCEDURE', 'FUNCTION', 'TRIGGER', 'PACKAGE', 'EVENT']);

/**
 * SQL has no single grammar, so this finds only what no dialect allows: something opened but not closed, a comma with nothing after it, a statement that begins
 * with no known verb.
 */
export function checkSql(text: string): SyntaxFinding[] {
  const tokens = tokensOf(text);
  const hasProcedures = /^[ \t]*delimiter\b/im.test(text) || tokens.some((token) => token.kind === 'word' && procedural.has(token.text));
  const problems: { offset: number; message: string }[] = [];
  const report = ({ offset }: SqlToken, message: string) => problems.push({ offset, message });
  let open: SqlToken[] = [];
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1];
    const isFirst = previous === undefined || isMark(previous, ';');
    if (token.kind === 'unclosed') report(token, `this ${token.what} is not closed`);
    if (isFirst && token.kind === 'word' && !hasProcedures && !verbs.has(token.text)) {
      report(token, `no statement begins with \`${token.text}\``);
    }
    if (previous !== undefined && isMark(previous, ',') && (isMark(token, ')') || isMark(token, ';'))) {
      report(previous, 'nothing follows this comma');
    }
    if (isMark(token, '(')) open.push(token);
    if (isMark(token, ')') && open.pop() === undefined) report(token, '`)` closes nothing');
    if (isMark(token, ';') || index === tokens.length - 1) {
      for (const bracket of open) report(bracket, '`(` is not closed');
      open = [];
    }
  }
  return problems.slice(0, most).map(({ offset, message }) => ({ ...positionAt(text, offset), message }));
}

/** The dialect is unknown: the way of quoting that closes everything is the right one. */
function tokensOf(text: string): SqlToken[] {
  const doubled = [...sqlTokens(text, { escapes: 'doubled' })];
  if (doubled.at(-1)?.kind !== 'unclosed') return doubled;
  const backslash = [...sqlTokens(text, { escapes: 'backslash' })];
  return backslash.at(-1)?.kind === 'unclosed' ? doubled : backslash;
}

function isMark(token: SqlToken, text: string): boolean {
  return token.kind === 'mark' && token.text === text;
}
