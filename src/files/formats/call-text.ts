import type { FileName, PackedFile } from '../file-format.ts';
import { languageOfInfo } from '../names/languages.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';
import { type FencedBlock, rangeWithin } from '../fenced-block.ts';
import { behindComma, matchAt, readLiteral, skipWhite } from './read-literal.ts';
import { dataFiles, isData, type Data, type DataFile } from './tool-call.ts';

const languages = new Set(['python', 'py', 'tool_code', 'tool_call', 'tool', 'function', 'javascript', 'js', 'typescript', 'ts']);
/** No reply may contain more. */
const mostCalls = 5000;

const between = /(?:[\s,;[\]]|<[|｜]\/?[\w▁-]{1,40}[|｜]>|<\/s>)*/y;
const start = /(?:await )?(?:(print)\(\s*)?(?:[A-Za-z_]\w{0,40}\.){0,3}([A-Za-z_]\w{0,60})\(/y;
const keyword = /([A-Za-z_]\w{0,60})\s*[=:](?!=)/y;
const verb = /^(?:write|create|save|edit|update|overwrite|add|new|make|append|insert|replace|file_?(?:write|create|edit))/i;
const alone = /^(?:write|create|save|str_?replace\w{0,40})$/i;

/** Calls that write files, in the syntax of code: `write_file("src/app.py", """…""")`. A block that contains anything else is code. */
export const callText = {
  name: 'call-text',
  filesOf(block: FencedBlock, name: FileName | undefined): PackedFile[] | undefined {
    const language = languageOfInfo(block.info);
    const mayCall = language === undefined ? block.info === '' : languages.has(language);
    return name === undefined && mayCall && block.delimiter === 'fence' ? packedCalls(block) : undefined;
  },
};

/** Whether a text begins with such a call. */
export function beginsWithCall(text: string): boolean {
  const call = matchAt(start, text, skip(text, 0));
  return call !== undefined && isWrite(call[2]!);
}

/** The files of a block that contains only calls, at least one of which writes. Undefined for any other block. */
export function packedCalls(block: FencedBlock): PackedFile[] | undefined {
  const { content } = block;
  if (!beginsWithCall(content)) return undefined;
  const packed: PackedFile[] = [];
  let at = skip(content, 0);
  for (let calls = 0; at < content.length; calls += 1) {
    const call = calls === mostCalls ? undefined : readCall(content, at);
    if (call === undefined) return undefined;
    const range = rangeWithin(block, at, call.end);
    packed.push(...call.files.map((file) => ({ ...file, range })));
    at = skip(content, call.end);
  }
  return packed;
}

function isWrite(name: string): boolean {
  return alone.test(name) || (verb.test(name) && /file/i.test(name));
}

function skip(text: string, from: number): number {
  for (let at = from; ;) {
    between.lastIndex = at;
    between.exec(text);
    const next = skipWhite(text, between.lastIndex);
    if (next === at) return at;
    at = next;
  }
}

function readCall(text: string, from: number): { files: DataFile[]; end: number } | undefined {
  const call = matchAt(start, text, from);
  if (call === undefined) return undefined;
  const [opening, print, name] = call as unknown as [string, string | undefined, string];
  const given = readArguments(text, from + opening.length);
  if (given === undefined) return undefined;
  const end = print === undefined ? given.end : behindBracket(text, given.end);
  if (end === -1) return undefined;
  const files = isWrite(name) ? filesOf(name, given.positional, given.named) : [];
  return files === undefined ? undefined : { files, end };
}

function behindBracket(text: string, from: number): number {
  const at = skipWhite(text, from);
  return text[at] === ')' ? at + 1 : -1;
}

function readArguments(text: string, from: number): { positional: unknown[]; named: Data; end: number } | undefined {
  const positional: unknown[] = [];
  const named: [string, unknown][] = [];
  for (let at = skipWhite(text, from); ;) {
    if (text[at] === ')') return { positional, named: Object.fromEntries(named), end: at + 1 };
    const key = matchAt(keyword, text, at);
    const value = readLiteral(text, at + (key?.[0].length ?? 0));
    if (value === undefined) return undefined;
    if (key === undefined) positional.push(value.value);
    else named.push([key[1]!, value.value]);
    at = behindComma(text, value.end, ')');
    if (at === -1) return undefined;
  }
}

function filesOf(name: string, positional: readonly unknown[], named: Data): DataFile[] | undefined {
  const [path, text, after] = positional;
  if (isData(path)) return dataFiles({ name, arguments: path });
  if (path === undefined) return dataFiles({ name, arguments: named });
  if (typeof path !== 'string' || !isPlausiblePath(path)) return undefined;
  if (/replace/i.test(name) && typeof after === 'string') return dataFiles({ name, arguments: { path, old_str: text, new_str: after } });
  return dataFiles({ name, arguments: typeof text === 'string' ? { path, content: text } : { path, ...named } });
}
