export function readRows(text: string): string[][] {
  const rows: string[][] = [];
  const lines = text.split(/\r?\n/);

  lines.forEach((line, index) => {
    if (line.trim() === '') {
      return;
    }
    const fields: string[] = [];
    let current = '';
    let inQuotes = false;
    for (let i = 0; i < line.length; i++) {
      const char = line[i];
      if (char === '"') {
        if (inQuotes && line[i + 1] === '"') {
          current += '"';
          i++;
        } else {
          inQuotes = !inQuotes;
        }
      } else if (char === '|' && !inQuotes) {
        fields.push(current.trim());
        current = '';
      } else {
        current += char;
      }
    }
    if (inQuotes) {
      throw new Error(`line ${index + 1}: quote is not closed`);
    }
    fields.push(current.trim());
    rows.push(fields);
  });

  return rows;
}

export function toRecords(rows: string[][]): Record<string, string>[] {
  const headers = rows[0];
  return rows.slice(1).map((row, index) => {
    if (row.length !== headers.length) {
      throw new Error(`row ${index + 1}: ${row.length} fields instead of ${headers.length}`);
    }
    const record: Record<string, string> = {};
    headers.forEach((header, i) => {
      record[header] = row[i];
    });
    return record;
  });
}
