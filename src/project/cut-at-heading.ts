/**
 * The beginning of a Markdown text that has at most so many bytes in UTF-8. It ends before a heading, so that no section is half there; without a heading in its
 * second half before an empty line, else after a line, else where it must.
 */
export function cutAtHeading(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  // A character may be cut in two at the end; what is left of it is dropped.
  const most = new TextDecoder().decode(Buffer.from(text).subarray(0, mostBytes)).replace(/\uFFFD$/, '');
  const half = most.length / 2;
  // A line that the cut goes through is still known whole here.
  const heading = lastStart(text, /^#{1,6} /gm, most.length);
  const paragraph = most.lastIndexOf('\n\n');
  const line = most.lastIndexOf('\n');
  const end = [heading, paragraph, line].find((at) => at >= half) ?? most.length;
  return most.slice(0, end).trimEnd();
}

function lastStart(text: string, pattern: RegExp, before: number): number {
  let last = -1;
  for (const { index } of text.matchAll(pattern)) {
    if (index > before) break;
    last = index;
  }
  return last;
}
