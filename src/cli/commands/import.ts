import { constants } from 'node:buffer';
import { resolve } from 'node:path';
import { holdLease } from '../../orchestrator/journal/hold-lease.ts';
import { foldersOfRun } from '../../orchestrator/run/folders-of-run.ts';
import { folderOf, keptOutput, runFolders } from '../../orchestrator/journal/run-folders.ts';
import { requireWritable, writeResults } from '../../orchestrator/results/write-results.ts';
import { importRun } from '../../state/archive/import-run.ts';
import { invalidArchive } from '../../state/archive/run-archive.ts';
import { readArchive } from '../../state/archive/read-archive.ts';
import { foldRun } from '../../state/run/run-state.ts';
import { shownRunStatus } from '../../state/run/shown-run-status.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { openRegularFile } from '../../utils/read-regular-file.ts';
import { printableLine } from '../../utils/printable.ts';
import { unreadableReason } from '../../utils/describe-error.ts';
import { mendLatest } from '../runs/mend-latest.ts';
import { type JournalOptions, journalPlace, useStore } from '../runs/open-journal.ts';
import { restoreFiles } from '../runs/restore-files.ts';
import { writeFolded } from '../write-folded.ts';

export interface ImportOptions extends JournalOptions {
  output?: string | undefined;
}

/** What one string of the runtime can hold. */
const largestFile = constants.MAX_STRING_LENGTH;

/** `multiagent import <file>` */
export async function importCommand(file: string, { output: given, ...options }: ImportOptions): Promise<void> {
  const { settings, workspace, path, ownRuns } = journalPlace(options);
  const output = given === undefined ? settings.output_directory : resolve(given);
  const archive = readArchive(await readExport(file), { output: keptOutput(workspace, output) });
  const { run, state } = archive;
  const folders = runFolders({ output, workspace, run, workflow: state.workflow });
  await requireWritable(folders);
  await useStore(path, async (store) => {
    const stream = `run:${run}`;
    const lease = await holdLease(store, stream);
    let how: 'imported' | 'identical';
    let files;
    try {
      how = await importRun({ store, archive, lease: lease.current });
      const here = await foldRun(store.read(stream));
      const place = await foldersOfRun(here, { workspace, outputFolder: output, ownRuns });
      files = await restoreFiles(here, folderOf(place, 'generated'), store);
      const status = shownRunStatus(here.status, { lease: undefined, now: Date.now() });
      await writeResults({ ...here, status }, place);
      await mendLatest(store, place);
    } finally {
      await lease.release();
    }
    const { missing } = archive;
    const lines = [
      how === 'imported'
        ? `Imported the run ${run}: ${archive.events.length} events, ${archive.contents.size} contents.`
        : `The run ${run} is here already, the same in every event.`,
      `Files written: ${files.written.length}.`,
      ...files.kept.map((name) => `  left as it is, because it is another one here: ${name}`),
      ...files.notWritten.map((name) => `  not written: ${name}`),
      ...(missing.events > 0 ? [`${missing.events} events are missing in the export; the run stands where its history breaks off.`] : []),
      ...(missing.contents.length > 0 ? [`The contents of ${missing.contents.length} files are missing in the export.`] : []),
    ];
    writeFolded(`${lines.map(printableLine).join('\n')}\n`);
  });
}

async function readExport(file: string): Promise<string> {
  try {
    await using opened = await openRegularFile(file);
    const { size } = await opened.stat();
    if (size > largestFile) throw invalidArchive(`it has ${size} bytes, and more than ${largestFile} cannot be read`);
    return await opened.readFile('utf8');
  } catch (error) {
    if (error instanceof MultiagentError) throw error;
    throw new MultiagentError({
      category: 'usage',
      code: 'usage',
      message: `${file} cannot be read: ${unreadableReason(error)}.`,
      hint: 'Name a file that "multiagent export" wrote.',
      cause: error,
    });
  }
}
