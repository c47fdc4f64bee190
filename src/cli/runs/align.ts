import { printableLine } from '../../utils/printable.ts';
import { textWidth } from '../views/text-width.ts';

/** Rows as lines whose columns stand below each other, two spaces apart. Safe to show, whatever the cells hold. */
export function align(rows: readonly (readonly string[])[]): string[] {
  const shown = rows.map((row) => row.map(printableLine));
  const widths = (shown[0] ?? []).map((_, column) => Math.max(...shown.map((row) => textWidth(row[column] ?? ''))));
  return shown.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - textWidth(cell))))
      .join('  ')
      .trimEnd(),
  );
}
