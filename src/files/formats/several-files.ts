import { eachLine, withoutEnding } from '../edits/lines-of.ts';
import type { FileChange, FileName, PackedFile } from '../file-format.ts';
import { isMarkdownLanguage, languageOfInfo } from '../names/languages.ts';
import { type FencedBlock, rangeWithin } from '../fenced-block.ts';
import { commentText, pathOfComment } from './first-comment.ts';
import { headerPath } from './header-path.ts';

/** No reply may contain more files. */
const mostHeaders = 5000;

interface Header {
  path: string;
  manner: 'comment' | 'header';
  /** Where it begins, including a line drawn above it; where its own line begins; and where it ends. */
  start: number;
  line: number;
  end: number;
}

/** Several files in one fence, each below a line with its name: `File: src/app.py`, `=== src/app.py ===`, `# src/app.py`. A comment stays in its file. */
export const severalFiles = {
  name: 'several-files',
  filesOf(block: FencedBlock, name: FileName | undefined): PackedFile[] | undefined {
    const language = languageOfInfo(block.info);
    if (block.delimiter !== 'fence' || isMarkdownLanguage(language) || language === 'diff' || language === 'patch') return undefined;
    const headers = headersOf(block.content, language === undefined);
    const [first] = headers;
    if (first === undefined || new Set(headers.map(({ path }) => path)).size < 2 || (name !== undefined && name.path !== first.path))
      return undefined;
    // The names belong to blocks within.
    if (first.manner === 'header' && holdsFence(block.content)) return undefined;
    if (block.content.slice(0, first.start).trim() !== '') return undefined;
    return headers.map((header, index) => {
      const next = headers[index + 1]?.start ?? block.content.length;
      const [start, end] =
        header.manner === 'comment'
          ? [index === 0 ? 0 : header.start, next]
          : trimmed(block.content, header.end, endOf(block.content, header, next));
      const content = block.content.slice(start, end);
      // The text below the last one that was read may contain any number of files.
      const change: FileChange =
        index + 1 === mostHeaders ? { kind: 'unreadable', reason: `The block holds ${mostHeaders} files or more.` } : { kind: 'whole' };
      return { path: header.path, change, content, range: rangeWithin(block, start, end) };
    });
  },
};

/** The end of a file whose header marks its beginning: before the line that marks its end. */
function endOf(content: string, { line, end }: Header, next: number): number {
  if (!/\b(?:begin|start)\b/i.test(content.slice(line, end))) return next;
  const found = /(?:^|[\r\n])[^\w\s]{0,10}[ \t]?(?:end|eof)\b[^\r\n]{0,300}\s*$/i.exec(content.slice(Math.max(end, next - 400), next));
  return found === null ? next : Math.max(end, next - 400) + found.index + 1;
}

/** Whether a block contains fences, to which names in it most likely belong. */
export function holdsFence(content: string): boolean {
  return /^ {0,3}(?:`{3}|~{3})/m.test(content);
}

/** Only headers in the style of the first one count, and of comments only those that name a file like the first. */
function headersOf(content: string, isAnyLanguage: boolean): Header[] {
  const headers: Header[] = [];
  let offset = 0;
  /** The beginning of the previous line, if it is drawn. */
  let drawn: number | undefined;
  for (const line of eachLine(content)) {
    const text = withoutEnding(line);
    const last = headers.at(-1);
    const isDrawn = isDrawnLine(text);
    // A frame has a line below the name, too.
    if (isDrawn && last !== undefined && last.end === offset && last.start < last.line) last.end += line.length;
    const header = isDrawn ? undefined : headerOf(text, headers[0]?.manner);
    if (
      header !== undefined &&
      (headers[0] === undefined || header.manner === 'header' || isAnyLanguage || isAlike(header.path, headers[0].path))
    )
      headers.push({ ...header, start: drawn ?? offset, line: offset, end: offset + line.length });
    if (headers.length === mostHeaders) break;
    if (headers.length === 0 && line.trim() !== '' && !isDrawn) return [];
    drawn = isDrawn ? (drawn ?? offset) : undefined;
    offset += line.length;
  }
  return headers;
}

/** Whether a line is only drawn, perhaps within a comment. */
function isDrawnLine(line: string): boolean {
  return (
    line.length <= 300 && /^(?:(?:#|\/\/|--|;|\/\*|<!--) ?)?(?:={3,}|-{3,}|\*{3,}|#{3,}|~{3,}|_{3,})(?: ?(?:\*\/|-->|#))?[ \t]*$/.test(line)
  );
}

function headerOf(line: string, manner: Header['manner'] | undefined): Pick<Header, 'path' | 'manner'> | undefined {
  if (line.length > 300 || line === '' || /^\s/.test(line)) return undefined;
  if (manner !== 'header') {
    const text = commentText(line);
    const path = text === undefined ? undefined : pathOfComment(text);
    if (path !== undefined) return { path, manner: 'comment' };
  }
  const path = manner === 'comment' ? undefined : headerPath(line);
  return path === undefined ? undefined : { path, manner: 'header' };
}

function isAlike(one: string, other: string): boolean {
  const extension = (path: string) => /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
  return extension(one) === extension(other);
}

/** Blank lines between a name and its file, and before the next name, belong to neither. */
function trimmed(content: string, from: number, to: number): [number, number] {
  const text = content.slice(from, to);
  const start = /^(?:[ \t]*(?:\r\n|\n|\r))*/.exec(text)![0].length;
  const end = start + text.slice(start).trimEnd().length;
  const ending = /^[ \t]*(?:\r\n|\n|\r)?/.exec(text.slice(end))![0].length;
  return [from + start, from + end + ending];
}
