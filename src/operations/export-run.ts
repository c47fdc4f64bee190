import { existsSync } from 'node:fs';
import { runOfStream } from '../events/run-stream.ts';
import { exportRun as exportStored, exportSalvaged } from '../state/archive/export-run.ts';
import type { RunArchive } from '../state/archive/run-archive.ts';
import { salvageJournal } from '../state/salvage/salvage-journal.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { workspacePlaces } from '../utils/workspace-places.ts';
import { findAmong, findRun } from './find-run.ts';
import { withWorkspace, type WorkspacePlace } from './workspace.ts';

/**
 * A run with everything that belongs to it. From a damaged journal it takes what can be read; `missing` lists the rest.
 * @param reference As for `findRun`. @throws what `findRun` throws; MultiagentError `journal.damaged` where nothing of the run is left.
 * @example
 * import { writeFile } from 'node:fs/promises';
 * const archive = await exportRun(orchestrator, run);
 * await writeFile(`${folder}/run.json`, JSON.stringify(archive));
 */
export async function exportRun(place: WorkspacePlace, reference?: string): Promise<RunArchive> {
  const { journal } = workspacePlaces(place.workspace);
  try {
    return await withWorkspace(place, async (workspace) => exportStored(workspace.store, await findRun(workspace, reference)));
  } catch (error) {
    if (!isDamaged(error) || !existsSync(journal)) throw error;
    const salvaged = salvageJournal(journal);
    const runs = salvaged.streams.flatMap(({ stream }) => runOfStream(stream) ?? []);
    if (runs.length === 0) throw error;
    const run = findAmong(runs, reference ?? 'latest');
    const archive = exportSalvaged(salvaged, run);
    if (archive.events.length === 0) throw nothingLeft(journal, run, error);
    return archive;
  }
}

/** A journal without its first page looks like another program's file, and SQLite cannot read a write-ahead log where it may not write. */
function isDamaged(error: unknown): boolean {
  return error instanceof MultiagentError && ['journal.damaged', 'journal.foreign', 'journal.unwritable'].includes(error.code);
}

function nothingLeft(path: string, run: string, cause: unknown): MultiagentError {
  return new MultiagentError({
    code: 'journal.damaged',
    message: `The journal ${path} is damaged, and none of the events of the run ${run} can be read. Nothing in it was changed.`,
    hint: 'Restore a copy of the file, or move it away to start with an empty journal. The files of the run stay where they are.',
    cause,
  });
}
