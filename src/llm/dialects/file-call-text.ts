import { parseJson } from '../../utils/parse-json.ts';

/** The names of the arguments of a call that writes or changes a file, whatever the tool's own name. The first one that is present counts. */
const names = {
  path: ['path', 'file_path', 'filepath', 'filename', 'file_name', 'file', 'target_file', 'target_path', 'absolute_path', 'uri', 'name'],
  content: ['content', 'contents', 'file_text', 'file_content', 'filecontent', 'text', 'code', 'source', 'body', 'data', 'new_content'],
  before: ['old_string', 'old_str', 'old_text', 'oldstring', 'oldtext', 'search', 'find', 'before', 'original'],
  after: ['new_string', 'new_str', 'new_text', 'newstring', 'newtext', 'replace', 'replacement', 'after', 'updated'],
  patch: ['patch', 'diff', 'input'],
} as const;

/** Calls of these tools only look, search or ask: they contain no file. */
const looks = /^(?:read|view|open|cat|list|ls|find|search|grep|glob|delete|remove|move|rename|run|exec|execute|bash|shell|ask|fetch|web)/i;

/**
 * A tool call that writes a file, as the text of a reply without tools: the path on a line of its own, then the content in a fence. Code is never passed on
 * inside JSON, and whoever reads replies need not know about tools. Empty for any other call, and for an incomplete one.
 */
export function fileCallText(name: string, said: unknown): string {
  const given = typeof said === 'string' ? parseJson(said) : said;
  if (typeof given !== 'object' || given === null || looks.test(name)) return '';
  const find = (keys: readonly string[]) => {
    const entries = new Map(Object.entries(given).map(([key, value]) => [key.toLowerCase(), value as unknown]));
    return keys.map((key) => entries.get(key)).find((value) => typeof value === 'string');
  };
  const path = find(names.path);
  const [content, before, after, patch] = [names.content, names.before, names.after, names.patch].map(find);
  if (path === undefined || !/^[^\p{Cc}`]{1,400}$/u.test(path)) return patch === undefined ? '' : `\n\n${fenced(patch, 'diff')}`;
  if (before !== undefined && after !== undefined && before !== '')
    return named(path, `<<<<<<< SEARCH\n${line(before)}=======\n${line(after)}>>>>>>> REPLACE\n`);
  return content === undefined ? '' : named(path, content);
}

function named(path: string, content: string): string {
  return `\n\n\`${path}\`\n${fenced(content, '')}`;
}

/** In a fence that is longer than any inside it. */
function fenced(content: string, info: string): string {
  const longest = [...content.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${info}\n${line(content)}${fence}\n`;
}

function line(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
