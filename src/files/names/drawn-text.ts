interface DrawnText {
  text: string;
  /** The marks stand behind it, too. */
  isClosed: boolean;
}

/** What stands behind drawn marks, or between them: `=== src/app.py ===`. Undefined for a line that does not begin with such marks. */
export function drawnText(line: string): DrawnText | undefined {
  const start = /^([=#*~─━═>-])\1{1,60}\s+/.exec(line);
  if (start === null) return undefined;
  const rest = line.slice(start[0].length);
  const end = /\s([=#*~─━═>-])\1{1,59}$/.exec(rest);
  const isClosed = end !== null && end[1] === start[1];
  return { text: isClosed ? rest.slice(0, end.index).trimEnd() : rest, isClosed };
}
