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

/** What one string of the runtime can hold. */
const largestFile = constants.MAX_STRING_LENGTH;

/** `multiagent import <file>` */
export async function importCommand(file: string, { output, ...options }: ImportOptions): Promise<void> {
  const place = journalPlace(options);
  const { run, how, events, contents, files, missing } = await importRun(place, await readExport(file), {
    output: output === undefined ? undefined : resolve(output),
  });
  const lines = [
    how === 'imported'
      ? `Imported the run ${run}: ${events} events, ${contents} contents.`
      : `The run ${run} is here already, the same in every event.`,
    `Files written: ${files.written.length}.`,
    ...files.kept.map((name) => `  left as it is, because it is another one here: ${name}`),
    ...files.notWritten.map((name) => `  not written: ${name}`),
    ...(missing.events > 0 ? [`${missing.events} events are missing in the export; the run stands where its history breaks off.`] : []),
    ...(missing.contents.length > 0 ? [`The contents of ${missing.contents.length} files are missing in the export.`] : []),
  ];
  writeFolded(`${lines.map(printableLine).join('\n')}\n`);
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
