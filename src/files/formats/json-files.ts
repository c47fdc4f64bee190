import { type FencedBlock, rangeWithin } from '../fenced-block.ts';
import type { FileName, PackedFile } from '../file-format.ts';
import { languageOfInfo } from '../names/languages.ts';
import { beginsValue, jsonValues } from './json-values.ts';
import { dataFiles, type DataFile } from './tool-call.ts';

const jsonLanguages = new Set(['json', 'json5', 'jsonc', 'jsonl', 'ndjson', 'tool_call', 'tool_code', 'tool', 'function']);

/**
 * `{"files": [{"path": "…", "content": "…"}]}`, only the list, an object from path to content, or one or more calls of tools that write files. A block with a
 * name is a JSON file.
 */
export const jsonFiles = {
  name: 'json-files',
  filesOf(block: FencedBlock, name: FileName | undefined): PackedFile[] | undefined {
    const language = languageOfInfo(block.info);
    const isJson = language === undefined ? block.info === '' : jsonLanguages.has(language);
    if (name !== undefined || !isJson || block.delimiter !== 'fence' || !mayHoldFiles(block.content)) return undefined;
    return packedJson(block, 0, block.content.length);
  },
};

/** Whether a text has a line that begins a JSON value, and one of the words with which files are given. */
export function mayHoldFiles(text: string): boolean {
  return (
    beginsValue(text) &&
    /["'](?:file_?path|path|file_?name|filename|file|name|files|tool|function|arguments|parameters|target_file|(?:file_)?(?:write|create)(?:_\w{1,30})?|tool_name|action|patch|input|cmd|command|[\w./-]{1,100}\.\w{1,12})["']\s*:/i.test(
      text,
    )
  );
}

/** The files in the JSON between these positions of a block. Undefined if it is any other data. */
export function packedJson(block: FencedBlock, from: number, to: number): PackedFile[] | undefined {
  const text = block.content.slice(from, to);
  const packed: PackedFile[] = [];
  const values = jsonValues(text);
  for (const { value, start, end } of values) {
    const files = dataFiles(value);
    if (files === undefined) return undefined;
    packed.push(...placed(files, block, from + start, from + end));
  }
  return values.length === 0 ? undefined : packed;
}

function placed(files: readonly DataFile[], block: FencedBlock, start: number, end: number): PackedFile[] {
  let at = start;
  return files.map(({ path, change, content }) => {
    const literal = JSON.stringify(content);
    const found = at === -1 ? -1 : block.content.indexOf(literal, at);
    const isFound = found !== -1 && found < end;
    const range = isFound ? rangeWithin(block, found, found + literal.length) : rangeWithin(block, start, end);
    // Do not search again and again for one that is written in another way.
    at = isFound ? found + literal.length : -1;
    return { path, change, content, range };
  });
}
