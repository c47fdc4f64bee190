import type { FencedBlock } from '../scan/fenced-block.ts';
import { extensionOfLanguage, isLanguage, isMarkdownLanguage, languageOfInfo } from '../names/languages.ts';
import { claimedPath } from './claimed-path.ts';
import { contradicts } from './contradicts.ts';

const comments: readonly { start: RegExp; end?: RegExp }[] = [
  { start: /^(?:#|\/\/|--|;|%|::|REM )/i },
  { start: /^\/\*+/, end: /\*{1,300}\/$/ },
  { start: /^<!--/, end: /-->$/ },
  { start: /^\{[#/]\*?/, end: /\*?[#/]\}$/ },
  { start: /^"""/, end: /"""$/ },
];
/** Lines that must be the first of their file, so that its name can only be the second. */
const firstLines = /^(?:#!|<\?php|<\?xml|<!doctype)/i;
const longestLine = 300;

/** Languages whose files people put into each other's blocks. */
const families: readonly ReadonlySet<string>[] = [
  new Set(['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts', 'vue', 'svelte', 'astro']),
  new Set(['c', 'h', 'cpp', 'hpp', 'cc', 'm']),
  new Set(['css', 'scss', 'sass', 'less']),
  new Set(['html', 'htm', 'j2', 'xml', 'svg', 'vue', 'php']),
];

/** The first line of the content is a comment that is the path: `# src/app.py`, `// src/app.ts`, `<!-- index.html -->`. It stays in the file. */
export const firstComment = {
  name: 'first-comment',
  nameOf: ({ info, content }: FencedBlock) => {
    if (content === '') return undefined;
    const language = languageOfInfo(info);
    if (info !== '' && language === undefined) return undefined;
    const line = firstCommentLine(content);
    const comment = line === undefined || (isMarkdownLanguage(language) && line.startsWith('#')) ? undefined : textOf(line);
    const path = comment === undefined ? undefined : claimedPath(comment.replace(/^(?:file(?:\s?name|\s?path)?|path)\s*:\s*/i, ''));
    return path === undefined || contradicts(language, path) || !fits(language, path) ? undefined : { path, language };
  },
};

function firstCommentLine(content: string): string | undefined {
  const lines = content
    .slice(0, 2 * longestLine)
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const line = firstLines.test(lines[0] ?? '') ? lines[1] : lines[0];
  return line === undefined || line.length > longestLine ? undefined : line;
}

function textOf(line: string): string | undefined {
  for (const { start, end } of comments) {
    const opening = start.exec(line)?.[0];
    const closing = end === undefined ? '' : end.exec(line)?.[0];
    if (opening === undefined || closing === undefined || line.length < opening.length + closing.length) continue;
    const text = line.slice(opening.length, line.length - closing.length).trim();
    if (text !== '') return text;
  }
  return undefined;
}

/** Whether a file of this name may be written in this language: a comment in code often speaks of another file. */
function fits(language: string | undefined, path: string): boolean {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
  const own = extensionOfLanguage(language);
  if (language === undefined || own === undefined || extension === undefined) return true;
  if (extension === own || extensionOfLanguage(extension) === own || !isLanguage(extension)) return true;
  return families.some((family) => family.has(own) && family.has(extension));
}
