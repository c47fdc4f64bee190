/** What is wider fits in few terminals, and broken lines show no columns. */
const widest = 120;

/** Whether a line is a row of a table: whoever writes Markdown for people to read begins and ends it with a bar. */
export function isTableRow(line: string): boolean {
  const text = line.trim();
  return text.length > 2 && text.startsWith('|') && text.endsWith('|');
}

/**
 * Rows of a Markdown table with columns of the same width. Only room at the ends of cells changes; one that would get too wide stays as it is.
 * @param width Of a text, in columns of a terminal.
 */
export function alignTable(rows: readonly string[], width: (text: string) => number): string[] {
  const table = rows.map(cellsOf);
  const widths: number[] = [];
  for (const cells of table)
    for (const [column, cell] of cells.entries()) widths[column] = Math.max(widths[column] ?? 0, isRule(cell) ? 3 : width(cell));
  if (widths.reduce((sum, each) => sum + each + 3, 1) > widest) return [...rows];
  return table.map((cells) => {
    const padded = cells.map((cell, column) => {
      const room = (widths[column] ?? 0) - width(cell);
      return isRule(cell) ? ruleOf(cell, widths[column] ?? 0) : `${cell}${' '.repeat(Math.max(0, room))}`;
    });
    return `| ${padded.join(' | ')} |`;
  });
}

/** The cells of a row. A bar in a span of code, or behind a backslash, ends none. */
function cellsOf(row: string): string[] {
  const text = row.trim().slice(1, -1);
  const cells = [''];
  let isCode = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    const last = cells.length - 1;
    if (character === '\\' && index + 1 < text.length) {
      cells[last] += text.slice(index, index + 2);
      index += 1;
      continue;
    }
    if (character === '`') isCode = !isCode && text.indexOf('`', index + 1) >= 0;
    if (character === '|' && !isCode) cells.push('');
    else cells[last] += character;
  }
  return cells.map((cell) => cell.trim());
}

function isRule(cell: string): boolean {
  return /^:?-+:?$/.test(cell);
}

function ruleOf(cell: string, columns: number): string {
  const [left, right] = [cell.startsWith(':') ? ':' : '-', cell.length > 1 && cell.endsWith(':') ? ':' : '-'];
  return `${left}${'-'.repeat(Math.max(1, columns - 2))}${right}`;
}
