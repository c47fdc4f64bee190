import { syntaxLanguageOf } from '../syntax/syntax-language.ts';
import type { GrammarName } from '../syntax/load-grammar.ts';
import type { SourceFile } from './code-finding.ts';
import { readSource, type SourceNode } from './source-tree.ts';

/** A file to examine, and the files beside it. */
export interface SourceContext {
  path: string;
  content: string;
  root: SourceNode;
  /** All other files of the run and the project. */
  siblings: readonly SourceFile[];
}

export type FindingLanguage = 'go' | 'java' | 'javascript' | 'python' | 'rust' | 'tsx' | 'typescript';

const languages: ReadonlySet<string> = new Set([
  'go',
  'java',
  'javascript',
  'python',
  'rust',
  'tsx',
  'typescript',
] satisfies FindingLanguage[]);

/** The language of a file, if it supports findings. */
export function findingLanguageOf(path: string): (FindingLanguage & GrammarName) | undefined {
  const language = syntaxLanguageOf(path);
  return language !== undefined && languages.has(language) ? (language as FindingLanguage) : undefined;
}

/** Undefined if the file cannot be judged. */
export async function readFile({ path, content }: SourceFile): Promise<SourceNode | undefined> {
  const language = findingLanguageOf(path);
  if (language === undefined) return undefined;
  const reading = await readSource(content, language);
  return reading.kind === 'read' ? reading.root : undefined;
}
