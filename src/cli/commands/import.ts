import { constants } from 'node:buffer';
import { resolve } from 'node:path';
import { importRun } from '../../operations/import-run.ts';
import { invalidArchive } from '../../state/archive/run-archive.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { openRegularFile } from '../../utils/read-regular-file.ts';
import { printableLine } from '../../utils/printable.ts';
import { unreadableReason } from '../../utils/describe-error.ts';
import { type JournalOptions, journalPlace } from '../runs/open-journal.ts';
import { writeFolded } from '../write-folded.ts';

export interface ImportOptions extends JournalOptions {
  output?: string | undefined;
}

/** The longest string of the runtime. */
const largestFile = constants.MAX_STRING_LENGTH;

/** `multiagent import <file>` */
export async function importCommand(file: string, { output, ...options }: ImportOptions): Promise<void> {
  const place = await journalPlace(options);
  const { run, how, events, contents, files, missing } = await importRun(place, await readExport(file), {
    output: output === undefined ? undefined : resolve(output),
  });
  const lines = [
    how === 'imported'
      ? `Imported the run ${run}: ${events} events, ${contents} contents.`
      : `The run ${run} is already here, with the same events.`,
    `Files written: ${files.written.length}.`,
    ...files.kept.map((name) => `  left alone, because it is different here: ${name}`),
    ...files.notWritten.map((name) => `  not written: ${name}`),
    ...(missing.events > 0 ? [`${missing.events} events are missing from the export; the run is imported up to the first gap.`] : []),
    ...(missing.contents.length > 0 ? [`The contents of ${missing.contents.length} files are missing from the export.`] : []),
  ];
  writeFolded(`${lines.map(printableLine).join('\n')}\n`);
}

async function readExport(file: string): Promise<string> {
  try {
    await using opened = await openRegularFile(file);
    const { size } = await opened.stat();
    if (size > largestFile) throw invalidArchive(`it has ${size} bytes, and at most ${largestFile} can be read`);
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
