/** The points of a numbered or bulleted list in a text, each with its further lines as one line; of several lists the longest. Linear in the text. */
export function listedPoints(text: string): string[] {
  const lists: string[][] = [[]];
  let open = false;
  for (const line of text.split('\n')) {
    const point = /^ {0,3}(?:\d{1,3}[.)]|[-*+•])[ \t]+(\S.*)$/.exec(line);
    const list = lists.at(-1)!;
    if (point !== null) {
      list.push(point[1]!.trim());
      open = true;
    } else if (open && /^\s+\S/.test(line)) {
      list[list.length - 1] += ` ${line.trim()}`;
    } else if (line.trim() === '') {
      // A list may go on after an empty line.
    } else {
      if (list.length > 0) lists.push([]);
      open = false;
    }
  }
  const longest = lists.reduce((best, list) => (list.length > best.length ? list : best));
  return longest.length > 1 ? longest : [];
}
