import { statSync } from 'node:fs';
import { usageError } from './usage-error.ts';

/** The workspace may be missing, and is made then; anything else in its place is a slip. @throws MultiagentError `usage`. */
export function requireFolder(workspace: string): void {
  const found = statSync(workspace, { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory()) return;
  throw usageError(`The workspace ${workspace} is not a folder.`, "Name the project's folder with --workspace.");
}
