import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import process from 'node:process';
import { writeAtomically } from '../../files/disk/write-atomically.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine } from '../../utils/printable.ts';
import { jsonLine } from '../safe-json.ts';
import { type JournalOptions, journalPlace } from '../runs/open-journal.ts';
import { shellWord } from '../own-command.ts';
import { exportRun } from '../../operations/export-run.ts';
import { writeFolded } from '../write-folded.ts';
import { unwritableReason } from '../../files/disk/system-file-error.ts';

export interface ExportOptions extends JournalOptions {
  output?: string | undefined;
  /** Replaces an existing file. */
  overwrite?: boolean | undefined;
}

/** `multiagent export [run]` */
export async function exportCommand(reference: string | undefined, { output, overwrite, ...options }: ExportOptions): Promise<void> {
  const archive = await exportRun(await journalPlace(options), reference);
  const { run, events, contents, missing } = archive;
  const text = jsonLine(archive);
  if (output === undefined) process.stdout.write(text);
  else {
    const file = resolve(output);
    const free = overwrite ? undefined : () => requireFree(file, run);
    await free?.();
    await writeAtomically({ file, content: Buffer.from(text), mode: 0o600, beforeRename: free }).catch((cause: unknown) => {
      if (cause instanceof MultiagentError) throw cause;
      throw new MultiagentError({
        category: 'usage',
        code: 'output.unwritable',
        message: `The export cannot be written to ${file}: ${unwritableReason(cause)}.`,
        hint: 'Name another file with --output.',
        cause,
      });
    });
    writeFolded(
      `${printableLine(`Exported the run ${run} to ${file}: ${events.length} events, ${Object.keys(contents).length} contents.`)}\n`,
    );
  }
  if (missing.events + missing.contents.length === 0) return;
  writeFolded(
    `The journal is damaged: ${missing.events} events and ${missing.contents.length} contents of files could not be read and are not in the export.\n`,
    process.stderr,
  );
}

async function requireFree(file: string, run: string): Promise<void> {
  const stands = await lstat(file).then(
    () => true,
    () => false,
  );
  if (!stands) return;
  throw new MultiagentError({
    category: 'usage',
    code: 'output.exists',
    message: `${file} already exists; nothing was written.`,
    hint: `Name another file, or replace this one: multiagent export ${run} --output ${shellWord(file)} --overwrite`,
  });
}
