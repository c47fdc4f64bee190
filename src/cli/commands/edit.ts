import process from 'node:process';
import { text as readAll } from 'node:stream/consumers';
import { editStep } from '../../operations/edit-step.ts';
import { requireNotLive } from '../../operations/live-runs.ts';
import { inEditor } from '../asking/in-editor.ts';
import { ownName } from '../asking/own-name.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { readTextFile } from '../read-text-file.ts';
import { askAboutOrigin } from '../runs/ask-about-origin.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { hasTask, runAndRest } from '../runs/run-and-rest.ts';
import { usageError } from '../usage-error.ts';
import { writeFolded } from '../write-folded.ts';

export interface EditOptions extends JournalOptions {
  /** The person's own version: a file, or `-` for standard input. */
  with?: string | undefined;
  trust?: boolean | undefined;
}

/** `multiagent edit [run] <step> [file]` */
export async function edit(words: readonly string[], { with: own, trust, ...options }: EditOptions): Promise<ExitCode> {
  return withJournal(options, async (workspace) => {
    const { run, state, rest } = await runAndRest(workspace.store, words, hasTask);
    const [step, path] = rest;
    if (step === undefined)
      throw usageError('No step was named.', `Name the one whose text or file you want to change: multiagent edit ${run} <step>`);
    await requireNotLive(workspace, run);
    const known = await askAboutOrigin({ ...workspace, state, trust });
    if (known !== 'yes') return known === 'no' ? exitCode.completed : exitCode.interrupted;
    const given = own === undefined ? undefined : own === '-' ? await readAll(process.stdin) : await readTextFile(own, 'edited file');
    const edited = await editStep(workspace, run, { task: step, path, by: ownName(), trust: true }, (content, name) =>
      given === undefined ? inEditor(content, name) : Promise.resolve(given),
    );
    writeFolded(`${told(run, edited).join('\n')}\n`);
    return exitCode.completed;
  });
}

function told(run: string, { task, path, unchanged, readBy }: Awaited<ReturnType<typeof editStep>>): string[] {
  if (unchanged) return [`${path} of ${task} is as it was.`];
  const [first] = readBy;
  return [
    `Kept your version of ${path} with the step ${task}; what the model wrote stays in the journal.`,
    ...(first === undefined
      ? []
      : [`The old one was read by ${readBy.join(', ')}. To have that done again: multiagent retry ${run} ${first}`]),
  ];
}
