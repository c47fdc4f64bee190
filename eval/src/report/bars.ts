const width = 40;

/** Bars of text for shares from 0 to 1, the spread beside them. */
export function bars(rows: readonly { name: string; value: number; note: string }[]): string {
  const longest = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.map(({ name, value, note }) => {
    const full = Math.round(Math.min(1, Math.max(0, value)) * width);
    return `${name.padEnd(longest)}  ${'█'.repeat(full)}${'░'.repeat(width - full)}  ${note}`;
  });
  return ['```', ...lines, '```'].join('\n');
}
