import type { CodeFindingKind } from '../../../files/findings/code-finding.ts';
import { findBrokenUsers } from '../../../files/findings/find-broken-users.ts';
import { findCodeFindings } from '../../../files/findings/find-code-findings.ts';
import type { Checker } from '../../../agents/loop/finding.ts';
import { shortcoming, type FileToCheck, type Shortcoming } from './file-to-check.ts';

/** Names that are missing, imports that lead nowhere, places that were left open: code that cannot work, or is not finished. */
export const cannotWork: Checker<FileToCheck> = async ({ assignment: { path, names }, content, standing, siblings, due }) => {
  const findings = [
    ...(await findCodeFindings({ path, content, siblings, names })),
    ...(await findBrokenUsers({ path, content, before: standing, siblings })),
  ];
  return findings
    .filter(({ name, kind }) => !isOfDue(name, kind, due))
    .map(({ kind, message }) => shortcoming(shortcomingOf[kind], `${path}: ${message}`));
};

/** A module that is not there yet, because this step writes its file next. */
function isOfDue(name: string, kind: CodeFindingKind, due: readonly string[]): boolean {
  if (kind !== 'missing_module' && kind !== 'third_party_import') return false;
  const last = name
    .replace(/\.[cm]?[jt]sx?$/, '')
    .split(/[./]/)
    .at(-1);
  return due.some((path) => path.slice(path.lastIndexOf('/') + 1).split('.')[0] === last);
}

const shortcomingOf: Readonly<Record<CodeFindingKind, Shortcoming>> = {
  demanded_name_missing: 'names_missing',
  missing_module: 'cannot_work',
  missing_export: 'cannot_work',
  missing_import: 'cannot_work',
  unused_import: 'cannot_work',
  no_entry: 'cannot_work',
  undefined_name: 'cannot_work',
  placeholder: 'placeholder',
  third_party_import: 'third_party',
};
