import { printableLine, shorten } from '../../../utils/printable.ts';
import type { Column, Schema, Table } from './schema.ts';

const longestLine = 300;

/** A schema as a model reads it: a table, and below it its columns and rules. Empty if there is none. */
export function renderSchema({ tables, views, types, others }: Schema): string {
  const parts = [
    ...[...tables.values()].map(renderTable),
    ...types.map((type) => line(`type ${type}`)),
    ...views.map((name) => line(`view ${name}`)),
    ...(others === 0 || tables.size === 0 ? [] : [`[${others} further changes of tables are not shown; read the file for them]`]),
  ];
  return parts.map((part) => `${part}\n`).join('');
}

function renderTable({ name, columns, rules }: Table): string {
  return [line(`table ${name}`), ...columns.map(renderColumn), ...rules.map((rule) => line(`  ${rule}`))].join('\n');
}

function renderColumn({ name, type, rules }: Column): string {
  return line(`  ${[`${name}${type === '' ? '' : ` ${type}`}`, ...rules].join(', ')}`);
}

function line(text: string): string {
  return shorten(printableLine(text), longestLine);
}
