import type { CodeFinding, SourceFile } from './code-finding.ts';
import { findCodeFindings } from './find-code-findings.ts';

/** A project with more files beside the changed one is not read anew for each reply. */
const mostUsers = 30;

export interface FindBrokenUsersOptions extends SourceFile {
  /** The file as it stood. */
  before: string;
  /** All other files of the run and of the project. */
  siblings: readonly SourceFile[];
}

/** What other files take out of a file and do not find there any more once it reads like this. */
export async function findBrokenUsers({ path, content, before, siblings }: FindBrokenUsersOptions): Promise<CodeFinding[]> {
  const others = siblings.filter((file) => file.path !== path);
  const findings: CodeFinding[] = [];
  for (const user of others.slice(0, mostUsers)) {
    const faults = await faultsWith({ path, content }, { user, others });
    if (faults.length === 0) continue;
    const known = new Set((await faultsWith({ path, content: before }, { user, others })).map(({ name }) => name));
    for (const fault of faults)
      if (!known.has(fault.name)) findings.push({ ...fault, message: `\`${user.path}\` needs \`${fault.name}\`, which is gone` });
  }
  return findings;
}

async function faultsWith(file: SourceFile, { user, others }: { user: SourceFile; others: readonly SourceFile[] }): Promise<CodeFinding[]> {
  const found = await findCodeFindings({ ...user, siblings: [...others.filter(({ path }) => path !== user.path), file] });
  return found.filter(({ kind }) => kind === 'missing_export');
}
