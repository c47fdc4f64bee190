import { existsSync } from 'node:fs';
import type { EventStore } from '../../state/store/event-store.ts';
import { exportRun, exportSalvaged } from '../../state/archive/export-run.ts';
import type { RunArchive } from '../../state/archive/run-archive.ts';
import { salvageJournal } from '../../state/salvage/salvage-journal.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { findAmong, findRun, noRuns } from './find-run.ts';
import { journalPlace, type JournalOptions, useStore } from './open-journal.ts';

/** A run as an export, from a damaged journal as far as that can be read. */
export async function readRunArchive(reference: string | undefined, options: JournalOptions): Promise<RunArchive> {
  const { path, workspace } = journalPlace(options);
  if (!existsSync(path)) throw noRuns(`There are no runs in ${workspace}.`);
  try {
    return await useStore(path, async (store: EventStore) => exportRun(store, await findRun(store, reference)));
  } catch (error) {
    // A journal whose first page is gone looks like a file of somebody else; and SQLite cannot read a log of changes where it may not write.
    if (!(error instanceof MultiagentError) || !['journal.damaged', 'journal.foreign', 'journal.unwritable'].includes(error.code))
      throw error;
    const salvaged = salvageJournal(path);
    const runs = salvaged.streams.map(({ stream }) => stream).filter((stream) => stream.startsWith('run:'));
    if (runs.length === 0) throw error;
    const run = findAmong(
      runs.map((stream) => stream.slice('run:'.length)),
      reference ?? 'latest',
    );
    const archive = exportSalvaged(salvaged, run);
    if (archive.events.length === 0) throw nothingLeft(path, run, error);
    return archive;
  }
}

function nothingLeft(path: string, run: string, cause: unknown): MultiagentError {
  return new MultiagentError({
    code: 'journal.damaged',
    message: `The journal ${path} is damaged, and no event of the run ${run} can be read any more. Nothing in it was changed.`,
    hint: 'Put back a copy of the file, or move it away to start with an empty journal; the files of the run stay where they are.',
    cause,
  });
}
