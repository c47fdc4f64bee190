import { join, resolve } from 'node:path';
import { runStream } from '../events/run-stream.ts';
import { foldersOfRun } from '../orchestrator/run/folders-of-run.ts';
import { withLease } from '../orchestrator/journal/own-run.ts';
import { folderOf } from '../orchestrator/journal/run-folders.ts';
import { keptOutput, runFolders } from '../orchestrator/journal/run-folders.ts';
import { requireWritable, writeResults } from '../orchestrator/results/write-results.ts';
import { importRun as importStored } from '../state/archive/import-run.ts';
import { readArchive } from '../state/archive/read-archive.ts';
import { foldRun } from '../state/run/run-state.ts';
import { shownRunStatus } from '../state/run/shown-run-status.ts';
import { systemClock } from '../utils/clock.ts';
import { updateLatest } from './update-latest.ts';
import { type RestoredFiles, restoreFiles } from './restore-files.ts';
import { withWorkspace, type WorkspacePlace } from './workspace.ts';

/** Where an imported run goes. */
export interface ImportRunOptions {
  /** Where the run's files are written. Default: the workspace's output folder. */
  output?: string | undefined;
}

/** What was imported, and what was not. */
export interface ImportedRun {
  run: string;
  /** `identical`: the run was here already, with the same events. */
  how: 'imported' | 'identical';
  events: number;
  contents: number;
  files: RestoredFiles;
  /** What the export itself lacks. */
  missing: { events: number; contents: string[] };
}

/**
 * Imports an exported run: its history, and those of its files that are missing. A workspace without a journal gets one.
 * @param text What `exportRun` returned, as JSON.
 * @throws MultiagentError `archive.invalid`, `archive.exists`, `output.unwritable`; nothing is imported then.
 * @example
 * const archive = JSON.stringify(await exportRun(orchestrator, run));
 * const { how, files } = await importRun({ workspace: folder }, archive);
 * console.log(how, files.notWritten.length); // imported 0
 */
export async function importRun(place: WorkspacePlace, text: string, { output: wanted }: ImportRunOptions = {}): Promise<ImportedRun> {
  const { workspace } = place;
  const output = resolve(workspace, wanted ?? place.outputFolder ?? join(workspace, 'output'));
  const archive = readArchive(text, { output: keptOutput(workspace, output) });
  const { run, state, missing } = archive;
  await requireWritable(runFolders({ output, workspace, run, workflow: state.workflow }));
  const done = await withWorkspace(
    place,
    ({ store }) =>
      withLease({ store, run }, async (lease) => {
        const how = await importStored({ store, archive, lease: lease.current });
        const here = await foldRun(store.read(runStream(run)));
        const folders = await foldersOfRun(here, { ...place, workspace, outputFolder: output });
        const files = await restoreFiles(here, folderOf(folders, 'generated'), store);
        const status = shownRunStatus(here.status, { lease: undefined, now: (place.clock ?? systemClock).now() });
        await writeResults({ ...here, status }, folders);
        await updateLatest(store, folders);
        return { how, files };
      }),
    'create',
  );
  return { run, ...done, events: archive.events.length, contents: archive.contents.size, missing };
}
