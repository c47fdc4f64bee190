import { parseFenceLine, type FenceLine } from '../scan/fence-line.ts';
import { type FencedBlock, rangeWithin } from '../fenced-block.ts';
import type { FileChange, FileName, PackedFile } from '../file-format.ts';
import { linesOf, withoutEnding } from '../edits/lines-of.ts';
import { isPlausiblePath, isTitledPath } from '../names/plausible-path.ts';
import { pathOfTag, tagPrefix } from '../scan/tag-line.ts';
import { applyPatch } from './apply-patch.ts';
import { packedCalls } from './call-text.ts';
import { editBlock } from './edit-block.ts';
import { packedJson } from './json-files.ts';
import { childOf, type Child } from './tag-children.ts';
import { unifiedDiff } from './unified-diff.ts';

const pathChildren = ['path', 'file_path', 'filepath', 'filename', 'file_name', 'target_file', 'file', 'name'] as const;
const contentChildren = [
  'content',
  'contents',
  'file_text',
  'file_content',
  'new_content',
  'code_edit',
  'code',
  'diff',
  'patch',
  'source',
  'text',
] as const;
const beforeChildren = ['old_str', 'old_string', 'search', 'find', 'original', 'old'] as const;
const afterChildren = ['new_str', 'new_string', 'replace', 'replacement', 'updated', 'new'] as const;
const calls = new RegExp(`^<${tagPrefix}(?:tool_?calls?|tool_use|function_?calls?|invoke|call|function=)`, 'i');

/**
 * `<file path="src/app.py">` … `</file>`, also with `<path>` and `<content>` inside, with edits, as a tool call in XML or JSON, or between tags below a name.
 * Entities are not decoded.
 */
export const taggedFile = {
  name: 'tagged-file',
  filesOf(block: FencedBlock, name: FileName | undefined): PackedFile[] | undefined {
    if (block.delimiter !== 'tag') return undefined;
    const { content, info } = block;
    const within = wrappers.test(info) ? callsWithin(block) : [];
    if (within.length > 0) return within.flatMap((call) => taggedFile.filesOf(call, name) ?? []);
    if (calls.test(info)) {
      const called = packedCalls(block) ?? (/^\s*[{[]/.test(content) ? (packedJson(block, 0, content.length) ?? []) : undefined);
      if (called !== undefined) return called;
    }
    const given = childOf(content, pathChildren, 'short');
    const path = (plausibleOr(pathOfTag(info)) ?? given?.text ?? name?.path ?? pathOfTag(info) ?? '').trim();
    const insideFrom = given === undefined || given.start > content.length / 2 + 200 ? 0 : given.next;
    const edit = editOf(block, path);
    if (edit !== undefined) return [edit];
    const child = childOf(content, contentChildren, 'long');
    if (calls.test(info) && child === undefined) return path !== '' && /write|create|save/i.test(info) ? [unreadable(block, path)] : [];
    const [start, end] = unwrap(content, child?.start ?? insideFrom, child?.end ?? content.length);
    const inner = { ...block, content: content.slice(start, end), range: rangeWithin(block, start, end) };
    const named = { path };
    const changes = editBlock.filesOf(inner, named) ?? applyPatch.filesOf(inner, named) ?? unifiedDiff.filesOf(inner, named);
    if (changes !== undefined) return changes;
    if (isForSearch(info)) return [unreadable(block, path)];
    return [{ path, change: changeOf(block, path, content.slice(start, end)), content: inner.content, range: inner.range }];
  },
};

const wrappers = new RegExp(`^<${tagPrefix}(?:tool_?calls?|function_?calls?)>`, 'i');
const callStart = new RegExp(`^[ \\t]*<${tagPrefix}(?:invoke|function|tool_call|tool_use|call)(?:[=\\s][^<>]{0,300})?>`, 'gim');

/** No reply may contain more. */
const mostCalls = 5000;

/** The calls within a tag around several. */
function callsWithin(block: FencedBlock): FencedBlock[] {
  const starts = block.content
    .matchAll(callStart)
    .take(mostCalls + 1)
    .toArray();
  return starts.slice(0, mostCalls).map((start, index) => {
    const from = start.index + start[0].length;
    const to = starts[index + 1]?.index ?? block.content.length;
    return { ...block, info: start[0].trim(), content: block.content.slice(from, to), range: rangeWithin(block, from, to) };
  });
}

function plausibleOr(path: string | undefined): string | undefined {
  return path !== undefined && (isPlausiblePath(path.trim()) || isTitledPath(path.trim())) ? path : undefined;
}

/** Tags whose text is only ever a change. */
function isForSearch(info: string): boolean {
  return /^<(?:replace_in_file|apply_diff|search_and_replace|str_replace)/i.test(info);
}

function unreadable({ content, range }: FencedBlock, path: string): PackedFile {
  const reason = 'What is to be changed, and into what, cannot be read from it.';
  return { path, change: { kind: 'unreadable', reason }, content, range };
}

function editOf(block: FencedBlock, path: string): PackedFile | undefined {
  const [before, after] = [childOf(block.content, beforeChildren, 'long'), childOf(block.content, afterChildren, 'long')];
  if (before === undefined || after === undefined || !isPlausiblePath(path)) return undefined;
  const change: FileChange = { kind: 'edit', before: textOf(before), after: textOf(after) };
  return { path, change, content: block.content.slice(after.start, after.end), range: rangeWithin(block, after.start, after.end) };
}

function textOf({ text }: Child): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function changeOf({ info, content }: FencedBlock, path: string, text: string): FileChange {
  if (!isPlausiblePath(path) && !isTitledPath(path)) return { kind: 'unreadable', reason: 'The tag names no path that a file could have.' };
  if (!/^<\w*insert/i.test(info)) return { kind: 'whole' };
  const line = Number(childOf(content, ['line', 'insert_line', 'line_number'], 'short')?.text ?? Number.NaN);
  return Number.isSafeInteger(line) ? { kind: 'insert', after: text, line } : { kind: 'insert', after: text };
}

const cdata = /^(\s*<!\[CDATA\[(?:\r\n|\n|\r)?)([\s\S]*)\]\]>\s*$/;

/** The file without a further wrapper: CDATA, or one fence. */
function unwrap(content: string, start: number, end: number): [number, number] {
  let [from, to] = [start, end];
  const match = cdata.exec(content.slice(from, to));
  if (match !== null) {
    from += match[1]!.length;
    to = from + match[2]!.length;
  }
  const fenced = insideOfFence(content.slice(from, to));
  return fenced === undefined ? [from, to] : [from + fenced[0], from + fenced[1]];
}

/** The position of the content of a fence that wraps the whole text. */
function insideOfFence(text: string): [number, number] | undefined {
  if (!/^[`~]/.test(text.trimStart())) return undefined;
  const lines = linesOf(text);
  const fences = lines.map((line) => parseFenceLine(withoutEnding(line)));
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const [opening, closing] = [fences[first], fences[last]];
  if (opening === undefined || closing === undefined || first === last || closing.info !== '') return undefined;
  const reaches = (fence: FenceLine | undefined) => fence?.character === opening.character && fence.length >= opening.length;
  if (!reaches(closing) || fences.slice(first + 1, last).some(reaches)) return undefined;
  const lengthOf = (part: string[]) => part.reduce((sum, line) => sum + line.length, 0);
  return [lengthOf(lines.slice(0, first + 1)), lengthOf(lines.slice(0, last))];
}
