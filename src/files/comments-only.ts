import { commentMarksOf, type CommentMarks } from './names/comment-marks.ts';

/** The comments of a text, line by line, without their marks. */
export interface CommentsOnly {
  lines: string[];
}

/** Lines that do nothing by themselves. A model adds them to its comments so that the text looks like code. */
const idle =
  /^(?:(?:import|from|use|using|require|package|include)\b.*|(?:const|let|var)\s[^=]{1,200}=\s*require\(.*|#include\b.*|pass|\.{3}|[{}()[\];]+|<\?php|\?>)$/;

/** The fewest lines of comment for each such line: a module may consist of imports and a line about them. */
const commentsPerIdleLine = 3;

/**
 * The comments of code that contains nothing else, except for a few imports and the like.
 * @param path Determines the language.
 * @returns undefined if there is code, if there is no comment, or if comments of the language are unknown here.
 */
export function commentsOnly(path: string, text: string): CommentsOnly | undefined {
  const marks = commentMarksOf(path);
  if (marks === undefined) return undefined;
  const lines: string[] = [];
  let end: string | undefined;
  let idleLines = 0;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const read = readLine(line, end, marks);
    if (read === undefined) return undefined;
    end = read.end;
    if (read.comment === undefined) idleLines += 1;
    else lines.push(read.comment);
  }
  const told = lines.filter((line) => /\p{L}/u.test(line)).length;
  return told > 0 && told >= idleLines * commentsPerIdleLine ? { lines } : undefined;
}

interface ReadLine {
  comment: string | undefined;
  /** The end mark of the comment that is still open. */
  end: string | undefined;
}

/** @returns undefined for a line of code. */
function readLine(line: string, open: string | undefined, { line: starts, block }: CommentMarks): ReadLine | undefined {
  const text = line.trim();
  if (open !== undefined) return readBlock(line, open);
  if (text === '') return { comment: '', end: undefined };
  if (isDirective(text)) return undefined;
  const opening = block.find(([start]) => text.startsWith(start));
  if (opening !== undefined) return readBlock(text.slice(opening[0].length), opening[1]);
  const start = starts.find((mark) => text.startsWith(mark));
  if (start !== undefined && !/^#include\b/.test(text)) return { comment: withoutMark(text, start), end: undefined };
  return idle.test(text) ? { comment: undefined, end: undefined } : undefined;
}

function readBlock(text: string, end: string): ReadLine | undefined {
  const at = text.indexOf(end);
  if (at === -1) return { comment: withoutStar(text, end), end };
  const rest = text.slice(at + end.length).trim();
  if (rest !== '' && rest !== ';') return undefined;
  const comment = withoutStar(text.slice(0, at), end);
  return { comment, end: undefined };
}

/** Lines of a long comment often begin with a star. */
function withoutStar(text: string, end: string): string {
  return end === '*/' ? text.replace(/^\s*\*+ ?/, '').trimEnd() : text.trimEnd();
}

function withoutMark(text: string, mark: string): string {
  const last = mark.at(-1)!;
  let at = mark.length;
  // `///` and `//!`; but after the mark `#`, `## Title` is a heading of the text.
  if (mark === '//') while (text[at] === last || text[at] === '!') at += 1;
  return text.slice(text[at] === ' ' ? at + 1 : at).trimEnd();
}

/** Whether a comment is obeyed by a compiler or a shell. */
function isDirective(text: string): boolean {
  return /^(?:#!|#\[|\/\/\/\s*<|\/\/go:|#\s*(?:syntax|escape)=)/.test(text);
}

/** Files whose whole purpose may be a comment. */
const documents = /(?:^|\/)(?:__init__\.py|package-info\.java|module-info\.java|doc\.go|mod\.rs|[^/]+\.d\.[cm]?ts)$/;
const licence = /\b(?:copyright|licen[cs]ed?|SPDX-License-Identifier)\b/i;

/** Whether a file of code contains only comments: prose disguised as code. A licence and the description of a package are meant to be comments. */
export function holdsOnlyProse(path: string, content: string): boolean {
  if (documents.test(path)) return false;
  const comments = commentsOnly(path, content);
  return comments !== undefined && !comments.lines.some((line) => licence.test(line));
}
