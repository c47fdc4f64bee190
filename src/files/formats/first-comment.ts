import type { FencedBlock } from '../fenced-block.ts';
import { extensionOfLanguage, isLanguage, isMarkdownLanguage, isShellLanguage, languageOfInfo } from '../names/languages.ts';
import { plainLine } from '../names/plain-line.ts';
import { claimedPath } from '../names/claimed-path.ts';
import { contradicts } from './contradicts.ts';

const comments: readonly { start: RegExp; end?: RegExp }[] = [
  { start: /^--\[\[/, end: /\]\]$/ },
  { start: /^(?:#{1,8}|\/{2,8}!?|--+|;+|%+|!+|\.\. |'(?!')|"(?!")|::|@?REM |dnl )(?=.)/i },
  { start: /^\/\*+!?/, end: /\*{1,300}\/$/ },
  { start: /^\{\/\*/, end: /\*\/\}$/ },
  { start: /^<!--/, end: /-->$/ },
  { start: /^<%(?:#|--)/, end: /(?:--)?%>$/ },
  { start: /^@\*/, end: /\*@$/ },
  { start: /^\(\*/, end: /\*\)$/ },
  { start: /^\{-/, end: /-\}$/ },
  { start: /^\{[#/]\*?/, end: /\*?[#/]\}$/ },
  { start: /^"""/, end: /"""$/ },
  { start: /^'''/, end: /'''$/ },
];
/** The start of a comment of several lines, the first of which may be the path. */
const opensComment = /^(?:\/\*+!?|<!--|"""|'''|r"""|=begin|\(\*|\{-|--\[\[|\{#|<#|@\*)$/;
/** Lines that must be the first of their file, so that its name can only come after them. */
const firstLines = /^(?:#!|<\?php$|<\?xml|<!doctype|#.*-\*-|['"]use (?:strict|client|server)['"];?$|@charset)/i;
const label =
  /^[@\\]?(?:file(?:\s?name|\s?path)?|path|module|script|source|datei(?:name)?|fichier|archivo|arquivo|файл|文件(?:名|路径)?|ファイル(?:名)?|파일)(?:\s*[:=]|\s+(?=\S+$))\s*/iu;
const edge = /^(?:#?region|begin|start)\s+(?:of\s+)?(?=\S)/i;
const longestLine = 300;

/** Languages whose files are often put into each other's blocks. */
const families: readonly ReadonlySet<string>[] = [
  new Set(['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts', 'vue', 'svelte', 'astro']),
  new Set(['c', 'h', 'cpp', 'hpp', 'cc', 'm']),
  new Set(['css', 'scss', 'sass', 'less']),
  new Set(['html', 'htm', 'j2', 'xml', 'svg', 'vue', 'php']),
];
/** What models put into shell blocks because it looks similar. */
const likeShell = new Set(['env', 'ini', 'cfg', 'conf', 'properties', 'toml']);

/** The first line of the content is a comment that is the path: `# src/app.py`, `// src/app.ts`, `<!-- index.html -->`. It stays in the file. */
export const firstComment = {
  name: 'first-comment',
  nameOf: ({ info, content }: FencedBlock) => {
    if (content === '') return undefined;
    const language = languageOfInfo(info);
    if (info !== '' && language === undefined) return undefined;
    const text = firstCommentText(content);
    if (text === undefined || (isMarkdownLanguage(language) && text.mark.startsWith('#'))) return undefined;
    const path = pathOfComment(text.text);
    return path === undefined || contradicts(language, path) || !fits(language, path) ? undefined : { path, language };
  },
};

/** The path, if the words of a comment are one. */
export function pathOfComment(text: string): string | undefined {
  return claimedPath(withoutDrawing(plainLine(text)).replace(edge, '').replace(label, ''));
}

/** `---- src/app.py ----`. */
function withoutDrawing(text: string): string {
  const start = /^[=*~-]{2,60}/.exec(text)?.[0].length;
  const end = /[=*~-]{2,60}$/.exec(text)?.index;
  return start === undefined || end === undefined || end < start ? text : text.slice(start, end).trim();
}

/** The words of a line that is only a comment. */
export function commentText(line: string): string | undefined {
  if (line.length > longestLine) return undefined;
  for (const { start, end } of comments) {
    const opening = start.exec(line)?.[0];
    const closing = end === undefined ? '' : end.exec(line)?.[0];
    if (opening === undefined || closing === undefined || line.length < opening.length + closing.length) continue;
    const text = line.slice(opening.length, line.length - closing.length).trim();
    if (text !== '') return text;
  }
  return undefined;
}

function firstCommentText(content: string): { mark: string; text: string } | undefined {
  const lines = content
    .slice(0, 3 * longestLine)
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const first = lines.findIndex((line) => !firstLines.test(line) || pathOfShebang(line));
  const line = first === -1 || first > 2 ? undefined : lines[first];
  if (line === undefined || line.length > longestLine || isDiffHeader(line, lines[first + 1])) return undefined;
  const text = commentText(line);
  if (text !== undefined) return { mark: line, text };
  const next = opensComment.test(line) ? lines[first + 1] : undefined;
  return next === undefined || next.length > longestLine ? undefined : { mark: line, text: next.replace(/^\*+\s*/, '') };
}

function isDiffHeader(line: string, next: string | undefined): boolean {
  return line.startsWith('--- ') && next?.startsWith('+++ ') === true;
}

/** Whether it is `#!src/app.py`, which names no interpreter. */
function pathOfShebang(line: string): boolean {
  return /^#!\w/.test(line);
}

/** Whether a file of this name may be written in this language: a comment in code often mentions another file. */
function fits(language: string | undefined, path: string): boolean {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
  const own = extensionOfLanguage(language);
  if (language === undefined || own === undefined || extension === undefined) return true;
  if (extension === own || extensionOfLanguage(extension) === own || !isLanguage(extension)) return true;
  if (isShellLanguage(language) && likeShell.has(extension)) return true;
  return families.some((family) => family.has(own) && family.has(extension));
}
