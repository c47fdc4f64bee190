import { isWord, type SqlToken, sqlStatements } from './sql-tokens.ts';
import type { Column, Schema, Table } from './schema.ts';
import { atTopLevel, betweenParentheses, nameAt, sqlText } from './sql-pieces.ts';
import { readColumn, readTableRule } from './table-parts.ts';

/** A file of more is no schema, or one that nobody reads. */
const most = { tables: 1000, parts: 2000 };

/** What statements of SQL say about tables, in SQLite's words, PostgreSQL's or similar ones. Data and programs among them are passed over. Never throws. */
export function readSchema(sql: string): Schema {
  const schema: Schema = { tables: new Map(), views: [], types: [], others: 0 };
  for (const statement of sqlStatements(sql)) {
    if (isWord(statement[0], 'CREATE')) create(schema, statement);
    else if (isWord(statement[0], 'ALTER') && isWord(statement[1], 'TABLE')) alterTable(schema, statement);
    else if (isWord(statement[0], 'DROP') && isWord(statement[1], 'TABLE'))
      schema.tables.delete(nameAt(statement, afterCondition(statement, 2)).name);
  }
  return schema;
}

const modifiers = ['OR', 'REPLACE', 'TEMP', 'TEMPORARY', 'GLOBAL', 'LOCAL', 'UNLOGGED', 'VIRTUAL', 'MATERIALIZED', 'RECURSIVE', 'UNIQUE'];

function create(schema: Schema, statement: readonly SqlToken[]): void {
  let at = 1;
  while (isWord(statement[at], ...modifiers)) at += 1;
  const isUnique = statement.slice(1, at).some((token) => isWord(token, 'UNIQUE'));
  const what = statement[at];
  const { name, end } = nameAt(statement, afterCondition(statement, at + 1));
  if (isWord(what, 'TABLE')) createTable(schema, name, statement.slice(end));
  else if (isWord(what, 'VIEW')) schema.views.push(name);
  else if (isWord(what, 'TYPE')) schema.types.push(`${name} ${sqlText(statement.slice(end))}`.trim());
  else if (isWord(what, 'INDEX')) createIndex(schema, statement.slice(at + 1), isUnique);
}

/** Behind IF (NOT) EXISTS, CONCURRENTLY and ONLY. */
function afterCondition(statement: readonly SqlToken[], from: number): number {
  let at = from;
  while (isWord(statement[at], 'IF', 'NOT', 'EXISTS', 'CONCURRENTLY', 'ONLY')) at += 1;
  return at;
}

function createTable(schema: Schema, name: string, rest: readonly SqlToken[]): void {
  if (schema.tables.size === most.tables || schema.tables.has(name)) return;
  const table: Table = { name, columns: [], rules: [] };
  schema.tables.set(name, table);
  if (rest[0]?.text !== '(') {
    table.rules.push(sqlText(rest.slice(0, 40)));
    return;
  }
  for (const part of atTopLevel(betweenParentheses(rest, 0).inside).slice(0, most.parts)) addPart(table, part);
}

function addPart(table: Table, part: readonly SqlToken[]): void {
  const rule = readTableRule(part);
  if (rule !== undefined) table.rules.push(rule);
  else addColumn(table, readColumn(part));
}

function addColumn({ columns }: Table, column: Column | undefined): void {
  if (column !== undefined && !columns.some(({ name }) => name === column.name)) columns.push(column);
}

/** @param rest Behind INDEX. */
function createIndex(schema: Schema, rest: readonly SqlToken[], isUnique: boolean): void {
  const on = rest.findIndex((token) => isWord(token, 'ON'));
  const named = afterCondition(rest, 0);
  const name = named < on ? `${nameAt(rest, named).name} ` : '';
  const { name: table, end } = nameAt(rest, afterCondition(rest, on + 1));
  const open = rest.findIndex(({ text }, at) => at >= end && text === '(');
  if (on === -1 || open === -1) return;
  const what = `${isUnique ? 'unique index' : 'index'} ${name}(${sqlText(betweenParentheses(rest, open).inside)})`;
  const found = schema.tables.get(table);
  if (found === undefined) schema.others += 1;
  else if (found.rules.length < most.parts) found.rules.push(what);
}

function alterTable(schema: Schema, statement: readonly SqlToken[]): void {
  const { name, end } = nameAt(statement, afterCondition(statement, 2));
  const table = schema.tables.get(name);
  for (const part of atTopLevel(statement.slice(end))) {
    const isAddition = isWord(part[0], 'ADD') && table !== undefined && table.rules.length + table.columns.length < most.parts;
    if (isAddition) addPart(table, part.slice(afterCondition(part, isWord(part[1], 'COLUMN') ? 2 : 1)));
    else if (!isWord(part[0], 'OWNER', 'ENABLE', 'REPLICA')) schema.others += 1;
  }
}
