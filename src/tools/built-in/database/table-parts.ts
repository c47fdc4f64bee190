import type { Column } from './schema.ts';
import { betweenParentheses, nameAt, sqlText } from './sql-pieces.ts';
import { isWord, type SqlToken } from './sql-tokens.ts';

/** With these the rules of a column begin, which end its type. */
const ofColumn = ['CONSTRAINT', 'NOT', 'NULL', 'DEFAULT', 'PRIMARY', 'UNIQUE', 'REFERENCES', 'CHECK', 'COLLATE', 'GENERATED', 'AS'];
const ofOthers = ['AUTO_INCREMENT', 'AUTOINCREMENT', 'COMMENT', 'ON', 'DEFERRABLE', 'INITIALLY', 'STORED', 'VIRTUAL', 'MATCH'];

/** Nobody writes more for one column. */
const mostRules = 20;

/** A column as a table defines it. */
export function readColumn(part: readonly SqlToken[]): Column | undefined {
  const [first, ...rest] = part;
  if (first === undefined || first.kind === 'other' || first.kind === 'text') return undefined;
  const end = rest.findIndex((token) => isWord(token, ...ofColumn, ...ofOthers));
  const type = sqlText(end === -1 ? rest : rest.slice(0, end));
  return { name: first.text, type, rules: end === -1 ? [] : rulesOf(rest.slice(end)) };
}

function rulesOf(tokens: readonly SqlToken[]): string[] {
  const rules: string[] = [];
  for (let at = 0; at < tokens.length && rules.length < mostRules; at += 1) {
    const [token, next] = [tokens[at], tokens[at + 1]];
    if (isWord(token, 'NOT') && isWord(next, 'NULL')) rules.push('not null');
    else if (isWord(token, 'PRIMARY') && isWord(next, 'KEY')) rules.push('primary key');
    else if (isWord(token, 'UNIQUE')) rules.push('unique');
    else if (isWord(token, 'GENERATED')) rules.push('generated');
    else if (isWord(token, 'REFERENCES')) rules.push(reference(tokens.slice(at)));
    else if (isWord(token, 'DEFAULT')) {
      const { text, end } = defaultAt(tokens, at + 1);
      rules.push(text);
      at = end - 1;
    } else if (isWord(token, 'CHECK') && next?.text === '(') {
      const { inside, end } = betweenParentheses(tokens, at + 1);
      rules.push(`check (${sqlText(inside)})`);
      at = end - 1;
    }
  }
  return rules;
}

function defaultAt(tokens: readonly SqlToken[], from: number): { text: string; end: number } {
  let end = from + (tokens[from]?.text === '-' ? 2 : 1);
  if (tokens[from]?.text === '(') ({ end } = betweenParentheses(tokens, from));
  else if (tokens[end]?.text === '(') ({ end } = betweenParentheses(tokens, end));
  return { text: `default ${sqlText(tokens.slice(from, end))}`, end };
}

/** @param tokens From REFERENCES on. */
function reference(tokens: readonly SqlToken[]): string {
  const { name, end } = nameAt(tokens, 1);
  const columns = tokens[end]?.text === '(' ? ` (${sqlText(betweenParentheses(tokens, end).inside)})` : '';
  return `references ${name}${columns}`;
}

/** What a table says about several of its columns; undefined if a part of it is a column. */
export function readTableRule(part: readonly SqlToken[]): string | undefined {
  const tokens = isWord(part[0], 'CONSTRAINT') ? part.slice(2) : part;
  const [first, second] = tokens;
  const isKey = isWord(second, 'KEY', 'INDEX');
  const open = tokens.findIndex(({ kind, text }) => kind === 'other' && text === '(');
  const columns = open === -1 ? '' : ` (${sqlText(betweenParentheses(tokens, open).inside)})`;
  if (isWord(first, 'PRIMARY') && isKey) return `primary key${columns}`;
  if (isWord(first, 'UNIQUE') && (isKey || second?.text === '(' || part !== tokens)) return `unique${columns}`;
  if (isWord(first, 'FOREIGN') && isKey) {
    const to = tokens.findIndex((token) => isWord(token, 'REFERENCES'));
    return `foreign key${columns}${to === -1 ? '' : ` ${reference(tokens.slice(to))}`}`;
  }
  if (isWord(first, 'CHECK') && second?.text === '(') return `check${columns}`;
  if (isWord(first, 'EXCLUDE')) return sqlText(tokens);
  if (isWord(first, 'KEY', 'INDEX') && (open === 1 || open === 2)) return `index ${open === 2 ? `${second?.text} ` : ''}${columns.trim()}`;
  return isWord(first, 'LIKE') ? `like ${nameAt(tokens, 1).name}` : undefined;
}
