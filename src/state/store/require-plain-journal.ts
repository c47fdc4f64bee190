import { lstatSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/** The endings of the files that SQLite puts beside a database. */
const besides = ['', '-wal', '-shm', '-journal'];

/**
 * Refuses a journal that is a link, perhaps to another project's, or a pipe, which would block: it may have come with a folder.
 * @throws MultiagentError `journal.no_file`
 */
export function requirePlainJournal(path: string): void {
  if (statOf(dirname(path))?.isSymbolicLink() === true) throw noFile(dirname(path));
  for (const file of besides.map((ending) => `${path}${ending}`)) {
    const stats = statOf(file);
    // Problems with a folder of that name, or above it, are reported when it is opened.
    if (stats !== undefined && !stats.isFile() && !stats.isDirectory()) throw noFile(file);
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function noFile(path: string): MultiagentError {
  return new MultiagentError({
    code: 'journal.no_file',
    message: `${path} is a link or no ordinary file, and what it leads to need not belong to this workspace.`,
    hint: 'Move it away; or name the workspace that it belongs to with --workspace.',
  });
}
