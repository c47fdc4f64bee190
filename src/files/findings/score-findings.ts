import type { CodeFinding, CodeFindingKind } from './code-finding.ts';

/**
 * How much a finding weighs when the best of several attempts is chosen. What keeps the file from being loaded at all, or from holding what was asked for, outweighs what
 * fails on one line only, and that outweighs what a person may still allow:
 *
 * 1. a demanded name is missing: whatever else is right, the answer is not what was asked for
 * 2. a module, an exported name or an import is missing, or an import is unused in Go: nothing of the file runs
 * 3. nothing happens when it is started
 * 4. a placeholder: that part does not work
 * 5. an undefined name: that line does not work
 * 6. a package that has to be installed: may be allowed
 */
const weights: Readonly<Record<CodeFindingKind, number>> = {
  demanded_name_missing: 100,
  missing_module: 60,
  missing_export: 60,
  missing_import: 60,
  unused_import: 60,
  no_entry: 40,
  placeholder: 25,
  undefined_name: 20,
  third_party_import: 5,
};

/** What is wrong with an attempt in one number: 0 is without findings, less is better. */
export function scoreFindings(findings: readonly Pick<CodeFinding, 'kind'>[]): number {
  return findings.reduce((sum, { kind }) => sum + weights[kind], 0);
}
