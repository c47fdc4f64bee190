import { checkSyntax } from '../syntax/check-syntax.ts';
import { syntaxLanguageOf, type SyntaxLanguage } from '../syntax/syntax-language.ts';
import type { SourceFile } from './code-finding.ts';
import type { MendedFile } from './mend-result.ts';
import { withSpacesForTabs } from './python/spaces-for-tabs.ts';

/** Languages in which neither text around the code nor its overall indentation has a meaning. */
const mendable: ReadonlySet<SyntaxLanguage> = new Set([
  'go',
  'java',
  'javascript',
  'python',
  'rust',
  'tsx',
  'typescript',
  'json',
  'c#',
  'c++',
  'php',
  'ruby',
]);

interface Repair {
  change: string;
  apply: (content: string, language: SyntaxLanguage) => Promise<string | undefined> | string | undefined;
}

/** The most harmless one first; each continues with the result of those before it. */
const repairs: readonly Repair[] = [
  { change: 'removed what stood around the code', apply: withoutSurroundings },
  { change: 'moved the whole file to the left', apply: withoutCommonIndentation },
  { change: 'wrote tabs as spaces', apply: (content, language) => (language === 'python' ? withSpacesForTabs(content) : undefined) },
];

/**
 * Mends a file that does not parse if there is only one way to read it: a fence or a shell prompt around it, a file that is indented as a whole, tabs among
 * spaces in Python. It does not guess missing brackets. Undefined if the file parses, or would not parse afterwards.
 */
export async function mendSyntax({ path, content }: SourceFile): Promise<MendedFile | undefined> {
  const language = syntaxLanguageOf(path);
  if (language === undefined || !mendable.has(language) || (await parses({ path, content })) !== 'no') return undefined;
  let mended = content;
  const changes: string[] = [];
  for (const { change, apply } of repairs) {
    const next = await apply(mended, language);
    if (next === undefined || next === mended || next.trim() === '') continue;
    mended = next;
    changes.push(change);
    if ((await parses({ path, content: mended })) === 'yes') return { content: mended, changes };
  }
  return undefined;
}

async function parses({ path, content }: SourceFile): Promise<'no' | 'unknown' | 'yes'> {
  const check = await checkSyntax({ path, content: Buffer.from(content) });
  if (check.kind === 'unchecked') return 'unknown';
  return check.found === 0 ? 'yes' : 'no';
}

const fence = /^\s{0,3}(?:`{3,}|~{3,})[\w+#.-]{0,30}\s*$/;
const prompt = /^(?:>>>|\.\.\.|\$|>|%)$/;
const tag = /^<\/?(?:code|file|pre)>$|^<\|[\w▁｜|]{1,30}\|?>$/;

/** Removes fences, prompts and tags that are alone on the first and last lines, and a fence at the end of the last line of code. */
function withoutSurroundings(content: string): string | undefined {
  const lines = content.split('\n');
  const isSurrounding = (line: string | undefined): boolean =>
    line !== undefined && (fence.test(line) || prompt.test(line.trim()) || tag.test(line.trim()));
  let first = 0;
  let last = lines.length - 1;
  const skip = (from: number, step: 1 | -1): number => {
    let at = from;
    while (lines[at]?.trim() === '') at += step;
    return at;
  };
  for (let at = skip(first, 1); at <= last && isSurrounding(lines[at]); at = skip(first, 1)) first = at + 1;
  for (let at = skip(last, -1); at >= first && isSurrounding(lines[at]); at = skip(last, -1)) last = at - 1;
  const kept = lines.slice(first, last + 1);
  const end = kept.findLastIndex((line) => line.trim() !== '');
  const closed = kept[end] ?? '';
  const open = closed.replace(/(?<=[^`\s])`{3,}\s*$/, '');
  const isUntouched = first === 0 && last === lines.length - 1 && open === closed;
  if (end !== -1) kept[end] = open;
  return isUntouched ? undefined : `${kept.join('\n')}${last < lines.length - 1 && kept.length > 0 ? '\n' : ''}`;
}

function withoutCommonIndentation(content: string): string | undefined {
  const lines = content.split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const indentation = filled.map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  let common = indentation[0] ?? '';
  for (const own of indentation) while (!own.startsWith(common)) common = common.slice(0, -1);
  return common === ''
    ? undefined
    : lines.map((line) => (line.startsWith(common) ? line.slice(common.length) : line.trimStart())).join('\n');
}
