/** A line that opens a file between tags. */
export interface TagLine {
  /** The tag's name, as written. */
  tag: string;
  /** The whole opening tag. */
  opening: string;
  /** Where it ends in the line. */
  length: number;
}

const openingTag = /^ {0,3}(<(file|new_file|create_file|write_file|write_to_file|boltAction)(\s[^<>]{0,2000})?>)/i;
const pathAttribute = /\s(?:path|name|filename|file_path|filepath|src)\s*=\s*(?:"([^"]*)"|'([^']*)')/i;

/** @returns undefined for a line that opens no such tag: one with neither a path nor an end of line after it is prose. */
export function parseTagLine(text: string): TagLine | undefined {
  const match = openingTag.exec(text);
  if (match === null) return undefined;
  const [whole, opening, tag, attributes = ''] = match as unknown as [string, string, string, string | undefined];
  if (attributes.endsWith('/')) return undefined;
  const isAlone = text.slice(whole.length).trim() === '';
  if (pathOfTag(opening) === undefined && !isAlone) return undefined;
  return { tag, opening, length: whole.length };
}

/** What the tag says the file is called. */
export function pathOfTag(opening: string): string | undefined {
  const match = pathAttribute.exec(opening);
  return match?.[1] ?? match?.[2];
}
