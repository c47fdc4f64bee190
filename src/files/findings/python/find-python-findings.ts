import type { CodeFinding, FindingOptions } from '../code-finding.ts';
import type { SourceContext } from '../source-context.ts';
import { findMissingPythonEntry } from './find-python-entry.ts';
import { findPythonImportFaults } from './find-python-import-faults.ts';
import { findPythonPlaceholders } from './find-python-placeholders.ts';
import { findUndefinedPythonNames } from './find-undefined-python-names.ts';
import { readPythonNames } from './read-python-names.ts';

export async function findPythonFindings(context: SourceContext, { isCommand = false }: FindingOptions): Promise<CodeFinding[]> {
  return [
    ...findUndefinedPythonNames(readPythonNames(context.root)),
    ...(await findPythonImportFaults(context)),
    ...findPythonPlaceholders(context.root),
    ...findMissingPythonEntry(context, isCommand),
  ];
}
