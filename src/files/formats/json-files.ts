import type { FencedBlock } from '../scan/fenced-block.ts';
import type { FileName, PackedFile } from '../file-format.ts';
import { languageOfInfo } from '../names/languages.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';
import { rangeWithin } from '../scan/range-within.ts';

const pathKeys = ['path', 'file', 'filename', 'file_path', 'filepath', 'name'];
const contentKeys = ['content', 'contents', 'code', 'source', 'text'];
const jsonLanguages = new Set(['json', 'json5', 'jsonc']);

/** `{"files": [{"path": "…", "content": "…"}]}`, the list alone, or an object from path to content. A block with a name is a JSON file. */
export const jsonFiles = {
  name: 'json-files',
  filesOf(block: FencedBlock, name: FileName | undefined): PackedFile[] | undefined {
    const language = languageOfInfo(block.info);
    const isJson = language === undefined ? block.info === '' : jsonLanguages.has(language);
    if (name !== undefined || !isJson || !/^\s*[{[]/.test(block.content)) return undefined;
    const entries = entriesOf(parse(block.content));
    if (entries === undefined) return undefined;
    let from = 0;
    return entries.map(({ path, content }) => {
      const literal = JSON.stringify(content);
      const found = block.content.indexOf(literal, from);
      const range = found === -1 ? block.range : rangeWithin(block, found, found + literal.length);
      if (found !== -1) from = found + literal.length;
      return { path, change: { kind: 'whole' as const }, content, range };
    });
  },
};

interface Entry {
  path: string;
  content: string;
}

/** @returns undefined where this is any other JSON. */
function entriesOf(value: unknown): Entry[] | undefined {
  const files = isObject(value) && 'files' in value ? value['files'] : value;
  if (Array.isArray(files)) {
    const entries = files.map((file) => (isObject(file) ? entryOf(file) : undefined)).filter((entry) => entry !== undefined);
    return entries.length > 0 && entries.length === files.length ? entries : undefined;
  }
  if (!isObject(files)) return undefined;
  const single = entryOf(files);
  if (single !== undefined) return [single];
  const pairs = Object.entries(files);
  const isMap = pairs.length > 0 && pairs.every(([path, content]) => isPlausiblePath(path) && typeof content === 'string');
  // Without the word "files" an object from names to strings is most likely data.
  return isMap && files !== value ? pairs.map(([path, content]) => ({ path, content: content as string })) : undefined;
}

function entryOf(file: Record<string, unknown>): Entry | undefined {
  const path = pathKeys.map((key) => file[key]).find((text) => typeof text === 'string');
  const content = contentKeys.map((key) => file[key]).find((text) => typeof text === 'string');
  return path === undefined || content === undefined || !isPlausiblePath(path) ? undefined : { path, content };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns undefined where it is no JSON, not even with line endings as they are inside of strings, which models write. */
function parse(text: string): unknown {
  for (const candidate of [text, withEscapedEndings(text)]) {
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      continue;
    }
  }
  return undefined;
}

function withEscapedEndings(text: string): string {
  return text.replaceAll(/"(?:[^"\\]+|\\[\s\S])*"?/g, (literal) =>
    literal.replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\t', '\\t'),
  );
}
