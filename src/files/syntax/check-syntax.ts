import { checkCss } from './check-css.ts';
import { checkDockerfile } from './check-dockerfile.ts';
import { checkHtml } from './check-html.ts';
import { checkJavaScript } from './check-javascript.ts';
import { checkJson, checkJsonWithComments } from './check-json.ts';
import { checkPython } from './check-python.ts';
import { checkSql } from './check-sql.ts';
import { checkToml } from './check-toml.ts';
import { checkWithGrammar } from './check-with-grammar.ts';
import { checkYaml } from './check-yaml.ts';
import type { GrammarName } from './load-grammar.ts';
import type { SyntaxChecker, SyntaxFinding } from './syntax-finding.ts';
import { syntaxLanguageOf, type SyntaxLanguage } from './syntax-language.ts';

export type SyntaxCheck =
  /** `findings` in the order of the file, at most `mostFindings`; `found` counts all of them. */
  | { kind: 'checked'; language: SyntaxLanguage; findings: SyntaxFinding[]; found: number }
  /** The language is unknown here, or the file cannot be judged; `reason` says why. */
  | { kind: 'unchecked'; reason: 'language' | 'template' | 'size' | 'encoding' | 'checker' };

export interface CheckSyntaxOptions {
  path: string;
  content: Uint8Array;
}

/** This many findings tell as much as all of them. */
export const mostFindings = 20;

const largest = 1024 * 1024;

const grammar =
  (name: GrammarName): SyntaxChecker =>
  (text) =>
    checkWithGrammar(text, { grammar: name });

const checkers: Readonly<Record<SyntaxLanguage, SyntaxChecker>> = {
  'c#': grammar('c-sharp'),
  'c++': grammar('cpp'),
  css: checkCss,
  dockerfile: checkDockerfile,
  go: grammar('go'),
  html: checkHtml,
  java: grammar('java'),
  javascript: checkJavaScript,
  json: checkJson,
  'json with comments': checkJsonWithComments,
  php: grammar('php'),
  python: checkPython,
  ruby: grammar('ruby'),
  rust: grammar('rust'),
  shell: grammar('bash'),
  sql: checkSql,
  toml: checkToml,
  tsx: grammar('tsx'),
  typescript: grammar('typescript'),
  yaml: checkYaml,
};

/** A file in one of these that does not parse and contains template marks is a template: something else fills it in first. */
const templated: ReadonlySet<SyntaxLanguage> = new Set(['html', 'yaml', 'sql', 'css']);
const templateMarks = /\{\{|\{%|<%|<\?php/;

/**
 * Whether a file follows the rules of its language. Never throws: if a checker gives up, the file is unchecked. A parser is loaded with the first file of its
 * language.
 */
export async function checkSyntax({ path, content }: CheckSyntaxOptions): Promise<SyntaxCheck> {
  const language = syntaxLanguageOf(path);
  if (language === undefined) return { kind: 'unchecked', reason: 'language' };
  if (content.byteLength > largest) return { kind: 'unchecked', reason: 'size' };
  const text = textOf(content);
  if (text === undefined) return { kind: 'unchecked', reason: 'encoding' };
  try {
    const findings = await checkers[language](text);
    if (findings.length > 0 && templated.has(language) && templateMarks.test(text)) return { kind: 'unchecked', reason: 'template' };
    const distinct = onePerPlace(findings);
    return { kind: 'checked', language, findings: distinct.slice(0, mostFindings), found: distinct.length };
  } catch {
    return { kind: 'unchecked', reason: 'checker' };
  }
}

/** In the order of the file. Of two findings at one place the first counts. */
function onePerPlace(findings: SyntaxFinding[]): SyntaxFinding[] {
  const places = new Set<string>();
  const first = findings.filter(({ line, column }) => places.size < places.add(`${line}:${column}`).size);
  return first.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function textOf(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}
