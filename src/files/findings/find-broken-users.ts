import type { CodeFinding, SourceFile } from './code-finding.ts';
import { findCodeFindings } from './find-code-findings.ts';

/** A larger project is not read again for each reply. */
const mostUsers = 30;

export interface FindBrokenUsersOptions extends SourceFile {
  /** The file before; undefined for a new one. */
  before: string | undefined;
  /** All other files of the run and of the project. */
  siblings: readonly SourceFile[];
}

/** What other files import from a file and no longer find in its new version. If the file existed before, only what they found then. */
export async function findBrokenUsers({ path, content, before: standing, siblings }: FindBrokenUsersOptions): Promise<CodeFinding[]> {
  const others = siblings.filter((file) => file.path !== path);
  const findings: CodeFinding[] = [];
  for (const user of others.slice(0, mostUsers)) {
    const faults = await faultsWith({ path, content }, { user, others });
    if (faults.length === 0) continue;
    const before = standing === undefined ? [] : await faultsWith({ path, content: standing }, { user, others });
    const known = new Set(before.map(({ name }) => name));
    for (const fault of faults)
      if (!known.has(fault.name)) findings.push({ ...fault, message: `\`${user.path}\` needs \`${fault.name}\`, which is not there` });
  }
  return findings;
}

async function faultsWith(file: SourceFile, { user, others }: { user: SourceFile; others: readonly SourceFile[] }): Promise<CodeFinding[]> {
  const found = await findCodeFindings({ ...user, siblings: [...others.filter(({ path }) => path !== user.path), file] });
  return found.filter(({ kind }) => kind === 'missing_export');
}
