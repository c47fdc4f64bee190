import { isPlausiblePath, isTitledPath } from '../names/plausible-path.ts';

/** A line that opens a file between tags. */
export interface TagLine {
  /** The tag's name, as written. */
  tag: string;
  /** The whole opening tag. */
  opening: string;
  /** Where it ends on the line. */
  length: number;
  /** Whether the tag itself says that a file follows; else a name must be above it. */
  manner: 'file' | 'named above';
}

/** Tags of agents and models that contain a file, a change to one, or a call that writes one. */
const fileTags =
  'file|new_?file|create_?file|write_?file|write_to_file|save_?file|edit_?file|update_?file|modify_?file|replace_?file|replace_in_file|apply_diff|apply_patch|insert_content|search_and_replace|str_replace(?:_editor|_based_edit_tool)?|file_?write|file_?edit|file_?create|file_?content|boltaction|antartifact|artifact|lov-write|dyad-write|v0-file|tool_?calls?|tool_use|function_?calls?|invoke|call|function(?==)|write|create|edit';
/** Prefixes of tag names in some dialects. */
export const tagPrefix = '(?:antml:|[|｜]DSML[|｜])?';
/** Elements that wrap the text of a file if its name is above them. */
const wrapperTags = 'source|code|pre|codeblock|sourcecode|content|contents|document|snippet|cell|document_contents?';
const openingTag = new RegExp(`^[ \\t]*(<(${tagPrefix}(?:${fileTags}))(=[\\w.:-]{1,80})?((?=[\\s/])\\s[^<>]{0,2000})?>)`, 'i');
const wrapperTag = new RegExp(`^[ \\t]*(<(${wrapperTags})((?=\\s)\\s[^<>]{0,2000})?>)`, 'i');
const namedTag = /^[ \t]*(<([a-z][\w:-]{0,40})(\s[^<>]{0,2000})>)/i;
/** A tag with the name of the file. */
const pathTag = /^[ \t]{0,40}(<([a-z_.][\w.-]{0,60}(?:\/[\w.-]{1,60}){0,10}\.\w{1,10})>)[ \t]{0,40}$/i;
const tagEnd = new RegExp(`^[ \\t]*</${tagPrefix}(?:${fileTags.replace('(?==)', '')})>`, 'i');
const pathAttribute =
  /\s(path|file_?path|file-?path|file_?name|file|target_?file|name|title|identifier|filename|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/gi;
/** What may follow the opening tag on its line: the name of the tool, a call as JSON, or the element that names the file. */
const callOrPath = /^(?:[a-z]{1,20}_\w{1,40}\s*$|\s*(?:[{[]|<(?:path|file_?path|file_?name|target_?file|file|name)>))/i;
/** HTML elements whose attributes name files that they use, not files that they contain. */
const usesFiles =
  /^(?:img|script|link|a|iframe|video|audio|source|embed|object|input|form|svg|use|image|param|meta|area|track|picture|style)$/i;

/** @returns undefined for a line that opens no such tag: one with neither a path nor an end of line after it is prose. */
export function parseTagLine(text: string): TagLine | undefined {
  const start = text.indexOf('<');
  // It may be indented by more than three spaces: these tags are nested in others.
  if (start === -1 || start > 40 || !isNameStart(text.charCodeAt(start + 1))) return undefined;
  const file = openingTag.exec(text);
  if (file !== null) {
    const [whole, opening, tag, value = '', attributes = ''] = file as unknown as [
      string,
      string,
      string,
      string | undefined,
      string | undefined,
    ];
    if (attributes.endsWith('/')) return undefined;
    const isCall = value !== '' || /\sname\s*=/.test(attributes);
    if (pathOfTag(opening) === undefined && !isCall && !isAlone(text, whole) && !callOrPath.test(text.slice(whole.length)))
      return undefined;
    return { tag, opening, length: whole.length, manner: 'file' };
  }
  const path = pathTag.exec(text);
  if (path !== null && isPlausiblePath(path[2]!)) return { tag: path[2]!, opening: path[1]!, length: path[0].length, manner: 'file' };
  const wrapper = wrapperTag.exec(text);
  const other = wrapper ?? namedTag.exec(text);
  if (other === null) return undefined;
  const [whole, opening, tag, attributes = ''] = other as unknown as [string, string, string, string | undefined];
  if (attributes.endsWith('/') || !isAlone(text, whole)) return undefined;
  const names = !usesFiles.test(tag) && namesFile(attributes);
  if (wrapper === null && !names) return undefined;
  return { tag, opening, length: whole.length, manner: names ? 'file' : 'named above' };
}

/** A letter, or a bar as in `<｜DSML｜invoke …>`. */
function isNameStart(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 124 || code === 65_372;
}

function isAlone(text: string, whole: string): boolean {
  return text.slice(whole.length).trim() === '';
}

/** Whether an attribute is a path, as in `<document path="…">`. */
function namesFile(attributes: string): boolean {
  const match = /\s(?:path|file_?path|file_?name|file-?path|filename)\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes);
  const path = match?.[1] ?? match?.[2];
  return path !== undefined && isPlausiblePath(path);
}

/** Whether a line begins with the end of such a tag. */
export function isTagEnd(text: string): boolean {
  return text.includes('</') && tagEnd.test(text);
}

/** The file's name according to the tag: the first attribute that can be a path, else the first that should be one. */
export function pathOfTag(opening: string): string | undefined {
  const tag = pathTag.exec(opening)?.[2];
  if (tag !== undefined && isPlausiblePath(tag)) return tag;
  let claimed: string | undefined;
  for (const [, key, double, single, bare] of opening.matchAll(pathAttribute) as Iterable<(string | undefined)[]>) {
    const path = (double ?? single ?? bare!).trim();
    if (isPlausiblePath(path) || isTitledPath(path)) return path;
    if (/^(?:path|file|file_?path|filename|file_?name|name)$/i.test(key!)) claimed ??= path;
  }
  return claimed;
}
