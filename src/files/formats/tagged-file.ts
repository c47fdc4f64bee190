import { parseFenceLine, type FenceLine } from '../scan/fence-line.ts';
import type { FencedBlock } from '../scan/fenced-block.ts';
import type { FileChange, PackedFile } from '../file-format.ts';
import { linesOf, withoutEnding } from '../edits/lines-of.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';
import { rangeWithin } from '../scan/range-within.ts';
import { pathOfTag } from '../scan/tag-line.ts';

/** `<file path="src/app.py">` … `</file>`, also with `<path>` and `<content>` inside. What is written in entities stays so. */
export const taggedFile = {
  name: 'tagged-file',
  filesOf(block: FencedBlock): PackedFile[] | undefined {
    if (block.delimiter !== 'tag') return undefined;
    const { content, info } = block;
    const inside = /^\s*<path>([^<>]*)<\/path>[ \t]*(?:\r\n|\n|\r)?/i.exec(content);
    const path = (pathOfTag(info) ?? inside?.[1] ?? '').trim();
    const from = inside?.[0].length ?? 0;
    const [start, end] = unwrap(content, from, content.length);
    const change: FileChange = isPlausiblePath(path)
      ? { kind: 'whole' }
      : { kind: 'unreadable', reason: 'The tag names no path that a file could have.' };
    return [{ path, change, content: content.slice(start, end), range: rangeWithin(block, start, end) }];
  },
};

const wrappers: readonly { start: RegExp; end: RegExp }[] = [
  { start: /^\s*<content>[ \t]*(?:\r\n|\n|\r)?/i, end: /<\/content>$/i },
  { start: /^\s*<!\[CDATA\[(?:\r\n|\n|\r)?/, end: /\]\]>$/ },
];

/** What is left when the file was wrapped once more: in `<content>`, in CDATA, in one fence. */
function unwrap(content: string, start: number, end: number): [number, number] {
  let [from, to] = [start, end];
  for (const wrapper of wrappers) {
    const text = content.slice(from, to);
    const before = wrapper.start.exec(text)?.[0];
    const after = before === undefined ? undefined : wrapper.end.exec(text.slice(before.length).trimEnd());
    if (before === undefined || after === null || after === undefined) continue;
    from += before.length;
    to = from + after.index;
  }
  const fenced = insideOfFence(content.slice(from, to));
  return fenced === undefined ? [from, to] : [from + fenced[0], from + fenced[1]];
}

/** Where the content of a fence stands that wraps all of the text. */
function insideOfFence(text: string): [number, number] | undefined {
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
