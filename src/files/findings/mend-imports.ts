import type { SourceFile } from './code-finding.ts';
import { findCodeFindings } from './find-code-findings.ts';
import { mendGoImports } from './go/mend-go-imports.ts';
import { mendJavaImports } from './java/missing-java-types.ts';
import { mendCommonJs } from './javascript/mend-common-js.ts';
import { mendJavaScriptImports } from './javascript/mend-javascript-imports.ts';
import { applyLineEdits, type LineEdit, type MendedFile } from './mend-result.ts';
import { mendPythonImports } from './python/mend-python-imports.ts';
import { mendRustImports } from './rust/missing-rust-names.ts';
import { findingLanguageOf, readFile, type FindingLanguage, type SourceContext } from './source-context.ts';

export interface MendImportsOptions extends SourceFile {
  /** The other files of the run and of the project. What they define is not looked up in a standard library. */
  siblings?: readonly SourceFile[] | undefined;
}

const menders: Readonly<Record<FindingLanguage, (context: SourceContext) => LineEdit[]>> = {
  go: mendGoImports,
  java: mendJavaImports,
  javascript: (context) => [...mendCommonJs(context), ...mendJavaScriptImports(context)],
  python: mendPythonImports,
  rust: mendRustImports,
  tsx: mendJavaScriptImports,
  typescript: mendJavaScriptImports,
};

/**
 * Adds imports from the standard library that a file forgot, and in Go removes unused ones. Only import lines are added or removed. Undefined if there is
 * nothing to mend, if more than one import could be meant, or if the file would not get better. Mending twice is the same as mending once.
 */
export async function mendImports({ path, content, siblings = [] }: MendImportsOptions): Promise<MendedFile | undefined> {
  const language = findingLanguageOf(path);
  const root = await readFile({ path, content });
  if (language === undefined || root === undefined) return undefined;
  const others = siblings.filter((file) => file.path !== path);
  const edits = menders[language]({ path, content, root, siblings: others });
  if (edits.length === 0) return undefined;
  const mended = applyLineEdits(content, edits);
  if ((await readFile({ path, content: mended })) === undefined) return undefined;
  const before = await findCodeFindings({ path, content, siblings: others });
  const after = await findCodeFindings({ path, content: mended, siblings: others });
  return after.length < before.length ? { content: mended, changes: edits.flatMap((edit) => changesOf(edit, content)) } : undefined;
}

function changesOf(edit: LineEdit, content: string): string[] {
  const text = edit.kind === 'remove' ? content.slice(edit.start, edit.end) : edit.line;
  const word = edit.kind === 'remove' ? 'removed' : edit.kind === 'insert' ? 'added' : 'rewritten as';
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && line !== 'import (' && line !== ')').map((line) => `${word} \`${line}\``);
}
