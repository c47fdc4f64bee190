import type { FileChange } from '../file-format.ts';
import { isPatch } from './parse-patch.ts';
import { applyPatch } from './apply-patch.ts';
import { isPlausiblePath, isTitledPath } from '../names/plausible-path.ts';

/** A file, or a change to one, from plain data. */
export interface DataFile {
  path: string;
  change: FileChange;
  /** The whole file, or the text of the change. */
  content: string;
}

export type Data = Record<string, unknown>;

const strongPathKeys = [
  'path',
  'file_path',
  'filepath',
  'filePath',
  'filename',
  'file_name',
  'fileName',
  'target_file',
  'targetFile',
  'file',
  'relative_path',
  'absolute_path',
];
const weakPathKeys = ['name', 'title'];
const strongContentKeys = [
  'content',
  'contents',
  'code',
  'source',
  'file_text',
  'file_content',
  'fileContent',
  'new_content',
  'newContent',
  'code_content',
  'body',
];
const weakContentKeys = ['text', 'data', 'value'];
const beforeKeys = ['old_str', 'old_string', 'oldString', 'old_text', 'oldText', 'search', 'find', 'before', 'original', 'old'];
const afterKeys = ['new_str', 'new_string', 'newString', 'new_text', 'newText', 'replace', 'replacement', 'after', 'updated', 'new'];
const callKeys = ['name', 'tool', 'tool_name', 'toolName', 'function', 'action', 'command', 'recipient_name', 'type'];
const wrapperKeys = ['function', 'functionCall', 'function_call', 'tool_call', 'toolCall'];
const argumentKeys = [
  'arguments',
  'parameters',
  'input',
  'args',
  'params',
  'tool_input',
  'action_input',
  'function_args',
  'tool_args',
  'kwargs',
];
const listKeys = [
  'files',
  'tool_calls',
  'toolCalls',
  'tools',
  'calls',
  'function_calls',
  'artifacts',
  'actions',
  'operations',
  'tool_uses',
  'changes',
];
/** Calls of these tools contain no file, however they are written. */
const deepest = 8;

/**
 * The files in a piece of data: an entry with a path and its content, a list of them, a map from path to content under the key `files`, or calls of tools that
 * write or edit. A call of any other tool contains none.
 * @returns undefined for any other data.
 */
export function dataFiles(value: unknown, depth = 0): DataFile[] | undefined {
  if (depth > deepest) return undefined;
  if (Array.isArray(value)) return listOf(value, depth);
  if (!isData(value)) return undefined;
  const single = fileOf(value) ?? editOf(value);
  if (single !== undefined) return single;
  const call = callOf(value, depth);
  if (call !== undefined) return call;
  const patch = patchOf(value);
  if (patch !== undefined) return patch;
  if (depth === 0) {
    const map = mapOf(value);
    // Without the key `files`, short texts beside names are most likely data.
    if (map?.some(({ content }) => content.includes('\n')) === true && map.every(({ content }) => content === '' || content.includes('\n')))
      return map;
  }
  for (const key of listKeys) {
    if (!Object.hasOwn(value, key)) continue;
    const list = value[key];
    const found = Array.isArray(list) ? listOf(list, depth) : isData(list) ? (mapOf(list) ?? dataFiles(list, depth + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function listOf(list: readonly unknown[], depth: number): DataFile[] | undefined {
  const found: DataFile[] = [];
  for (const item of list) {
    const files = dataFiles(item, depth + 1);
    if (files === undefined) return undefined;
    found.push(...files);
  }
  return list.length === 0 ? undefined : found;
}

/** The text of a patch, by itself or as the last word of a command. */
function patchOf(data: Data): DataFile[] | undefined {
  for (const key of ['patch', 'input', 'diff', 'patch_text', 'command', 'cmd']) {
    const value = Object.hasOwn(data, key) ? data[key] : undefined;
    const content: unknown = Array.isArray(value) ? value.at(-1) : value;
    if (typeof content !== 'string' || !isPatch(content)) continue;
    return applyPatch.filesOf({ delimiter: 'fence', info: '', leading: [], content, range: [0, content.length], closed: true }, undefined);
  }
  return undefined;
}

/** An object from names to contents. */
function mapOf(map: Data): DataFile[] | undefined {
  const pairs = Object.entries(map);
  const files = pairs.flatMap(([path, value]) => {
    const content = isPlausiblePath(path)
      ? isData(value)
        ? (fileOf({ path, ...value })?.[0]?.content ?? textOf(value, path))
        : textOf(value, path)
      : undefined;
    return content === undefined ? [] : [whole(path, content)];
  });
  return pairs.length > 0 && files.length === pairs.length ? files : undefined;
}

function fileOf(data: Data): DataFile[] | undefined {
  const strong = pathAt(data, strongPathKeys);
  const path = strong ?? pathAt(data, weakPathKeys);
  if (path === undefined) return undefined;
  for (const key of strong === undefined ? strongContentKeys : [...strongContentKeys, ...weakContentKeys]) {
    const content = Object.hasOwn(data, key) ? textOf(data[key], path) : undefined;
    if (content === undefined) continue;
    return isInsertion(data) ? [{ path, change: { kind: 'insert', after: content, line: lineOf(data) }, content }] : [whole(path, content)];
  }
  return undefined;
}

function editOf(data: Data): DataFile[] | undefined {
  const path = pathAt(data, strongPathKeys);
  if (path === undefined) return undefined;
  const edits = Array.isArray(data['edits']) ? data['edits'].filter((edit) => isData(edit)) : [data];
  const found = edits.flatMap((edit) => {
    const [before, after] = [stringAt(edit, beforeKeys), stringAt(edit, afterKeys)];
    return before === undefined || after === undefined ? [] : [{ path, change: { kind: 'edit' as const, before, after }, content: after }];
  });
  return found.length > 0 && found.length === edits.length ? found : undefined;
}

/** A call has a name and arguments; the arguments are sometimes a string of JSON. */
function callOf(data: Data, depth: number): DataFile[] | undefined {
  for (const wrapped of wrapperKeys) {
    const inner = data[wrapped];
    if (isData(inner)) return callOf(inner, depth + 1);
  }
  const key = argumentKeys.find((name) => Object.hasOwn(data, name));
  if (key !== undefined && callKeys.some((name) => typeof data[name] === 'string')) {
    const given = typeof data[key] === 'string' ? parsed(data[key]) : data[key];
    return isData(given) ? (fileOf(given) ?? editOf(given) ?? patchOf(given) ?? dataFiles(given, depth + 1) ?? []) : undefined;
  }
  const [only, ...others] = Object.entries(data);
  if (only === undefined || others.length > 0 || !/^(?:write|create|save|edit|update|new|add|str_replace|replace)[\w-]*$/i.test(only[0]))
    return undefined;
  return isData(only[1]) ? (fileOf(only[1]) ?? editOf(only[1])) : undefined;
}

function isInsertion(data: Data): boolean {
  return lineOf(data) !== undefined && /insert/i.test(stringAt(data, ['command', 'action', 'type', 'operation', 'name']) ?? '');
}

function lineOf(data: Data): number | undefined {
  const line = data['line'] ?? data['insert_line'] ?? data['insertLine'] ?? data['line_number'];
  return typeof line === 'number' && Number.isSafeInteger(line) ? line : undefined;
}

function whole(path: string, content: string): DataFile {
  return { path, change: { kind: 'whole' }, content };
}

function pathAt(data: Data, keys: readonly string[]): string | undefined {
  const path = stringAt(data, keys)?.trim();
  return path !== undefined && (isPlausiblePath(path) || isTitledPath(path)) ? path : undefined;
}

function stringAt(data: Data, keys: readonly string[]): string | undefined {
  for (const key of keys) if (Object.hasOwn(data, key) && typeof data[key] === 'string') return data[key];
  return undefined;
}

/** A text, its lines, or for a JSON file the data itself. */
function textOf(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((line) => typeof line === 'string'))
    return value.map((line: string) => (line.endsWith('\n') ? line : `${line}\n`)).join('');
  return isData(value) && /\.(?:json|jsonc|webmanifest)$/i.test(path) ? `${JSON.stringify(value, undefined, 2)}\n` : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
