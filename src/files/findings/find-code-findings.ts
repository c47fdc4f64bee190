import type { CodeFinding, FindingOptions, SourceFile } from './code-finding.ts';
import { findMissingDemandedNames } from './find-demanded-names.ts';
import { findGoFindings } from './go/find-go-findings.ts';
import { findJavaFindings } from './java/find-java-findings.ts';
import { findJavaScriptFindings } from './javascript/find-javascript-findings.ts';
import { findPlaceholderComments } from './placeholder-comments.ts';
import { findPythonFindings } from './python/find-python-findings.ts';
import { findRustFindings } from './rust/find-rust-findings.ts';
import { findingLanguageOf, readFile, type FindingLanguage, type SourceContext } from './source-context.ts';

export interface FindCodeFindingsOptions extends FindingOptions, SourceFile {
  /** All other files of the run and of the project. A file that is not among them does not exist. */
  siblings: readonly SourceFile[];
  /** Functions and classes that the requirement names; `Class.method` is both. */
  names?: readonly string[] | undefined;
}

/** This many findings tell as much as all of them. */
export const mostCodeFindings = 50;

type Finder = (context: SourceContext, options: FindingOptions) => CodeFinding[] | Promise<CodeFinding[]>;

const finders: Readonly<Record<FindingLanguage, Finder>> = {
  go: findGoFindings,
  java: findJavaFindings,
  javascript: findJavaScriptFindings,
  python: findPythonFindings,
  rust: findRustFindings,
  tsx: findJavaScriptFindings,
  typescript: findJavaScriptFindings,
};

/**
 * The faults that are visible in a file without running it, in the order of the file. In doubt nothing is reported. There are no findings for a file in another
 * language, one that does not parse, or one that is over 1 MB or nested beyond reason. `checkSyntax` says whether it parses.
 */
export async function findCodeFindings({
  path,
  content,
  siblings,
  names = [],
  isCommand,
}: FindCodeFindingsOptions): Promise<CodeFinding[]> {
  const language = findingLanguageOf(path);
  const root = await readFile({ path, content });
  if (language === undefined || root === undefined) return [];
  const context: SourceContext = { path, content, root, siblings: siblings.filter((file) => file.path !== path) };
  const found = [
    ...(await finders[language](context, { isCommand })),
    ...findPlaceholderComments(root),
    ...(await findMissingDemandedNames(context, names)),
  ];
  return found.toSorted((a, b) => a.line - b.line).slice(0, mostCodeFindings);
}
