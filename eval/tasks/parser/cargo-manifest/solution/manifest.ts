export function readRows(text: string): string[][] {
  const given = text.replaceAll('\r\n', '\n');
  const rows: string[][] = [];
  let row: string[] = [];
  let line = 1;
  let at = 0;
  while (at <= given.length) {
    while (given[at] === ' ' || given[at] === '\t') at += 1;
    let field = '';
    const quoted = given[at] === '"';
    if (quoted) {
      const opened = line;
      at += 1;
      while (given[at] !== '"' || given[at + 1] === '"') {
        if (at >= given.length) throw new Error(`line ${opened}: quote is not closed`);
        if (given[at] === '\n') line += 1;
        field += given[at];
        at += given[at] === '"' ? 2 : 1;
      }
      at += 1;
    }
    const end = endOfField(given, at);
    const rest = given.slice(at, end).trim();
    if (quoted && rest !== '') throw new Error(`line ${line}: text after a quote`);
    row.push(quoted ? field : rest);
    if (given[end] !== '|') {
      if (row.length > 1 || row[0] !== '' || quoted) rows.push(row);
      row = [];
      line += 1;
    }
    at = end + 1;
  }
  return rows;
}

export function toRecords(rows: string[][]): Record<string, string>[] {
  const [names = [], ...others] = rows;
  return others.map((row, index) => {
    if (row.length !== names.length) throw new Error(`row ${index + 1}: ${row.length} fields instead of ${names.length}`);
    return Object.fromEntries(names.map((name, column) => [name, row[column] ?? '']));
  });
}

function endOfField(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '|' && text[at] !== '\n') at += 1;
  return at;
}
