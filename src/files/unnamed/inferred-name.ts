import {
  words,
  extensionOfLanguage,
  fileNameOfLanguage,
  isMarkdownLanguage,
  isShellLanguage,
  isTalkLanguage,
  languageOfInfo,
} from '../names/languages.ts';
import { languageOfCode } from '../names/language-of-code.ts';
import { isReservedName } from '../disk/path-policy.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';
import type { FencedBlock } from '../fenced-block.ts';

/** Languages in which a word such as `class` or `function` defines nothing. */
const languagesWithoutCode = new Set(
  words(
    'css scss sass less csv html htm ini json jsonc jsonl markdown md mermaid rst sql svg tex latex toml xml yaml yml properties env',
    'dotenv',
  ),
);

const modifiers =
  '(?:(?:export|default|declare|public|private|protected|internal|abstract|final|sealed|static|data|open|partial|async|pub|override)[ \\t]+)*';
const identifier = '([\\p{L}_$][\\p{L}\\p{N}_$]*)';
const classPattern = new RegExp(`^${modifiers}class[ \\t]+${identifier}`, 'mu');
const functionPattern = new RegExp(
  `^${modifiers}(?:def|fn|fun|func|function|sub|proc)(?:[ \\t]+|\\*[ \\t]*|[ \\t]*\\([^)\\n]{0,80}\\)[ \\t]*)${identifier}`,
  'mu',
);
const arrowPattern = new RegExp(
  `^${modifiers}(?:const|let|var)[ \\t]+${identifier}[^=\\n]{0,200}=[ \\t]*(?:async[ \\t]*)?(?:function\\b|\\([^\\n]{0,300}=>|[\\w$]+[ \\t]*=>)`,
  'mu',
);

const shellFunction = /^(?:function[ \t]+)?[\w-]+[ \t]*\([ \t]*\)[ \t]*(?:\{[ \t]*)?$/m;

/** Definitions further down do not show what a file is about. The bound also keeps hostile text cheap. */
const searched = 64 * 1024;
const longestStem = 60;

/** The possible names for a block without one. */
export interface InferredName {
  /** The name that the content suggests; `undefined` if it suggests none and the names begin with `code_1`. */
  first: string | undefined;
  /** The name for the second, third … block of the same name; from 1 if there is no first. */
  numbered(number: number): string;
}

/**
 * The name for a block without one: the first class in snake_case, else the first function, else `code_<n>`, with the language's extension.
 * @returns undefined for blocks that only show something: shell sessions, output, folder trees, HTTP exchanges, and blocks without content.
 */
export function inferName({ info, content }: Pick<FencedBlock, 'info' | 'content'>): InferredName | undefined {
  const labelled = languageOfInfo(info);
  if ((info !== '' && labelled === undefined) || isTalkLanguage(labelled) || isShown(content, labelled)) return undefined;
  const language = languageOfBlock({ info, content });
  const whole = fileNameOfLanguage(language) ?? (isDockerfile(content, language) ? 'Dockerfile' : undefined);
  if (whole !== undefined) return { first: whole, numbered: (number) => `${whole}.${number}` };
  const stem = stemOf(content.slice(0, searched), language);
  const extension = extensionOfLanguage(language) ?? 'txt';
  return {
    first: stem === undefined ? undefined : `${stem}.${extension}`,
    numbered: (number) => `${stem ?? 'code'}_${number}.${extension}`,
  };
}

/** The language that a block is labelled with; without a label, the only language that its code can be. */
export function languageOfBlock({ info, content }: Pick<FencedBlock, 'info' | 'content'>): string | undefined {
  return info === '' ? languageOfCode(content) : languageOfInfo(info);
}

/** Whether a block contains commands for the reader to type: a shell block without a script's first line that defines no function. */
export function holdsCommands({ info, content }: Pick<FencedBlock, 'info' | 'content'>): boolean {
  const language = languageOfInfo(info);
  return (
    language !== undefined && isShellLanguage(language) && !content.startsWith('#!') && !shellFunction.test(content.slice(0, searched))
  );
}

const anyDefinition = new RegExp(
  `^[ \\t]*${modifiers}(?:class|def|fn|fun|func|function|struct|enum|trait|interface|type|const|let|var)[ \\t]+(?:\\([^)\\n]{0,80}\\)[ \\t]*)?${identifier}`,
  'gmu',
);

/** The names that code seems to define. */
export function definedNames(code: string): string[] {
  return [...code.slice(0, searched).matchAll(anyDefinition)].map((match) => match[1]!);
}

/** All names in turn, without end; the block gets the first free one. */
export function* namesInTurn(name: InferredName): Generator<string, never, undefined> {
  if (name.first !== undefined) yield name.first;
  for (let number = name.first === undefined ? 1 : 2; ; number += 1) yield name.numbered(number);
}

function isShown(content: string, language: string | undefined): boolean {
  const lines = content
    .slice(0, searched)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '');
  if (lines.length === 0) return true;
  return isShellSession(lines, language) || (!isMarkdownLanguage(language) && isTree(lines, language));
}

/** Commands with their prompts: `$ npm test`, `PS C:\> dir`, `me@host:~$ ls`. */
function isShellSession([first = '']: string[], language: string | undefined): boolean {
  return (
    (language === undefined || isShellLanguage(language)) && /^\s*(?:\$ |PS [^>]{0,80}> ?|[\w.-]+@[\w.-]+:[^$#]{0,80}[$#] )/.test(first)
  );
}

function isTree(lines: string[], language: string | undefined): boolean {
  const branches = lines.filter((line) => /^[\s│|]*(?:[├└][─-]|\|--|`--|\+--)/.test(line));
  if (branches.length * 2 > lines.length || (branches.length > 0 && branches.length === lines.length - 1)) return true;
  if (language !== undefined) return false;
  const names = lines.map((line) => (line.split(/\s#/, 1)[0] ?? '').trim());
  return names.some((name) => name.endsWith('/')) && names.every((name) => /^[^\s/]+(?:\/[^\s/]+)*\/$/.test(name) || isPlausiblePath(name));
}

function isDockerfile(content: string, language: string | undefined): boolean {
  if (language !== undefined) return false;
  const first = content
    .slice(0, searched)
    .split(/\r\n|\n|\r/)
    .find((line) => line.trim() !== '' && !/^\s*(?:#|ARG )/.test(line));
  return first !== undefined && /^FROM [\w./:@${}-]+(?: AS [\w-]+)?\s*$/i.test(first);
}

function stemOf(code: string, language: string | undefined): string | undefined {
  if (language !== undefined && languagesWithoutCode.has(language)) return undefined;
  const name = (classPattern.exec(code) ?? functionPattern.exec(code) ?? arrowPattern.exec(code))?.[1];
  // A public class in Java has to be in a file of its own name.
  const stem = name === undefined ? '' : language === 'java' ? name.normalize('NFC') : toSnakeCase(name);
  return stem === '' || stem.length > longestStem || isReservedName(stem) ? undefined : stem;
}

function toSnakeCase(name: string): string {
  return name
    .normalize('NFC')
    .replaceAll('$', '')
    .replaceAll(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1_')
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replaceAll(/_{2,}/g, '_')
    .replaceAll(/^_|_$/g, '');
}
