/** A reply in which the model asks to see files. */
export interface AskedPaths {
  /** As the model wrote them, each once, in order. */
  paths: string[];
  /** The text without the lines that ask. */
  rest: string;
}

/** A list that goes on is no question any more. */
export const mostAsked = 10;

/**
 * The files that a text asks for in lines like `READ: src/a.ts`. The line may be an item of a list, within marks of emphasis or of code, and name several files;
 * below a bare `READ:` each item of a list names one.
 */
export function askedPaths(text: string): AskedPaths {
  const paths = new Set<string>();
  const rest: string[] = [];
  let isList = false;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const item = line.trim().replace(/^(?:[-*+>•]|\d{1,2}[.)])\s/, '');
    const isItem = item !== line.trim();
    const named: string[] | undefined = pathsAsked(item.trim()) ?? (isList && isItem ? pathsIn(item) : undefined);
    if (named === undefined) {
      if (line.trim() !== '') isList = false;
      rest.push(line);
      continue;
    }
    isList = named.length === 0 || (isList && isItem);
    for (const path of named) paths.add(path);
  }
  return { paths: [...paths], rest: rest.join('\n') };
}

/** Undefined: the line does not ask. */
function pathsAsked(line: string): string[] | undefined {
  const words = line.replace(/^[*_`]{1,3}/, '');
  if (!words.startsWith('READ')) return undefined;
  const after = words.slice('READ'.length).replace(/^[*_`]{1,3}/, '');
  if (after.startsWith(':')) return pathsIn(after.slice(1).replace(/^[*_]{1,3}/, ''));
  // Without a colon it could be a sentence in capitals.
  const paths = /^\s/.test(after) ? pathsIn(after) : [];
  return paths.length > 0 && paths.every((path) => /[./]/.test(path) && !/\s/.test(path)) ? paths : undefined;
}

function pathsIn(list: string): string[] {
  return list.split(',').flatMap((part) => {
    const path = pathOf(part.trim());
    return path === '' ? [] : [path];
  });
}

/** Without quotation marks, marks of code, and a remark behind it. */
function pathOf(part: string): string {
  const quote = part[0] ?? '';
  const closing = '`"\''.includes(quote) ? part.indexOf(quote, 1) : -1;
  if (quote !== '' && closing > 0) return part.slice(1, closing).trim();
  const [bare = ''] = part.split(/ (?:[(#–—-]|\/\/)/, 1);
  return bare
    .replace(/^[*`"']{1,3}/, '')
    .replace(/[*`"'.;:]{1,3}$/, '')
    .trim();
}
