import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/** What SQLite puts beside a database. */
const besides = ['', '-wal', '-shm', '-journal'];

/**
 * A journal that came with a folder may be a link to another project's, or a pipe that would be waited for.
 * @throws MultiagentError `journal.no_file`
 */
export function requirePlainJournal(path: string): void {
  const folder = lstatSync(dirname(path), { throwIfNoEntry: false });
  if (folder?.isSymbolicLink() === true) throw noFile(dirname(path));
  for (const file of besides.map((ending) => `${path}${ending}`)) {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats !== undefined && !stats.isFile()) throw noFile(file);
  }
}

function noFile(path: string): MultiagentError {
  return new MultiagentError({
    code: 'journal.no_file',
    message: `${path} is a link or no ordinary file, and what it leads to need not belong to this workspace.`,
    hint: 'Move it away; or name the workspace that it belongs to with --workspace.',
  });
}
