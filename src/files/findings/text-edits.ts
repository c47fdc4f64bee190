/** Replaces a part of a text; both are offsets. An empty part: inserts. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** Applies edits that do not overlap. Of those at one place the first comes first. */
export function applyTextEdits(content: string, edits: readonly TextEdit[]): string {
  let result = '';
  let last = 0;
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += content.slice(last, start) + text;
    last = end;
  }
  return result + content.slice(last);
}
