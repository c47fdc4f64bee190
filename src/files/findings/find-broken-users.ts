import type { CodeFinding, SourceFile } from './code-finding.ts';
import { findCodeFindings } from './find-code-findings.ts';

/** A project with more files beside the changed one is not read anew for each reply. */
const mostUsers = 30;

export interface FindBrokenUsersOptions extends SourceFile {
  /** The file as it stood; undefined for a new one. */
  before: string | undefined;
  /** All other files of the run and of the project. */
  siblings: readonly SourceFile[];
}

/** What other files take out of a file and do not find there once it reads like this; of one that stood, what they did find before. */
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
