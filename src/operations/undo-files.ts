import { removeFile } from '../files/disk/remove-file.ts';
import type { RunFolder } from '../files/disk/run-folder.ts';
import type { EventStore } from '../state/store/event-store.ts';
import { hashContent } from '../utils/hash-content.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { planUndo, type UndoPlan } from '../orchestrator/artifacts/plan-undo.ts';
import { folderOf, type RunFolders } from '../orchestrator/journal/run-folders.ts';
import type { RunJournal } from '../orchestrator/journal/run-journal.ts';
import { writeResults } from '../orchestrator/results/write-results.ts';

export interface UndoFilesOptions {
  store: EventStore;
  /** The run's journal. The caller owns the run. */
  journal: RunJournal;
  /** Undefined: undoes everything that the run wrote. */
  task: string | undefined;
  folders: RunFolders;
}

/**
 * Undoes what a task, or a whole run, wrote into the run's folder: each file is removed, or gets back the content that an earlier step gave it. All or
 * nothing: if a person has edited one of the files since, none is touched. The contents stay in the journal. An interrupted undo can be repeated.
 * @throws MultiagentError `undo.edited`, `undo.nothing`, `undo.content_missing`, `undo.refused`.
 */
export async function undoFiles({ store, journal, task, folders }: UndoFilesOptions): Promise<UndoPlan> {
  const { run, state } = journal;
  const plan = planUndo(state, task);
  if (plan.records.length === 0) {
    throw new MultiagentError({
      code: 'undo.nothing',
      message: task === undefined ? `The run ${run} has no files.` : `The task ${task} has written no file that can be undone.`,
      hint: `multiagent files ${run} lists what was written.`,
    });
  }
  const folder = folderOf(folders, 'generated');
  await requireUnedited(folder, plan);
  const contents = new Map<string, Uint8Array>();
  for (const { path, to } of plan.files) if (to !== undefined) contents.set(path, await contentOf(store, to.sha256, path));
  for (const { path, from } of plan.files) {
    const content = contents.get(path);
    if (from === undefined && content === undefined) continue;
    const done = content === undefined ? await removeFile(folder, path) : await folder.write(path, content);
    if (done.kind === 'refused') throw new MultiagentError({ code: 'undo.refused', message: done.refusal.message });
  }
  await journal.append(
    'person',
    plan.records.map((data) => ({ type: 'artifact.undone', data })),
  );
  await writeResults(journal.state, folders);
  return plan;
}

async function requireUnedited(folder: RunFolder, { files }: UndoPlan): Promise<void> {
  const edited: string[] = [];
  for (const { path, from, to } of files) {
    const resolved = await folder.resolve(path);
    const found = await folder.read(path);
    const isOurs = found === undefined || [from, to?.sha256].includes(hashContent(found));
    if (resolved.kind === 'refused' || !isOurs) edited.push(path);
  }
  if (edited.length === 0) return;
  throw new MultiagentError({
    code: 'undo.edited',
    message: `Edited since the run wrote them: ${edited.join(', ')}. Nothing was undone.`,
    hint: 'Save elsewhere what you need of these files and remove them, then run the command again.',
  });
}

async function contentOf(store: EventStore, sha256: string, path: string): Promise<Uint8Array> {
  const content = await store.getContent(sha256);
  if (content !== undefined) return content;
  throw new MultiagentError({
    code: 'undo.content_missing',
    message: `The journal no longer holds the earlier content of ${path}.`,
    hint: 'Undo the whole run, or fix the file by hand.',
  });
}
