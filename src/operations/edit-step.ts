import { runStream } from '../events/run-stream.ts';
import type { TurnEntry } from '../events/task-events.ts';
import { renderFiles } from '../llm/transcript.ts';
import { personFormat } from '../orchestrator/artifacts/order-of-version.ts';
import { standingFiles } from '../orchestrator/artifacts/standing-files.ts';
import { type OwnedRun, withOwnedRun } from '../orchestrator/journal/own-run.ts';
import { folderOf } from '../orchestrator/journal/run-folders.ts';
import { writeResults } from '../orchestrator/results/write-results.ts';
import { requireTrust } from '../orchestrator/run/foreign-run.ts';
import { foldersOfRun } from '../orchestrator/run/folders-of-run.ts';
import { descendantsOf } from '../orchestrator/task-graph.ts';
import type { ArtifactRecord, RunState, TaskRecord } from '../state/run/run-state.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { liveRun } from './live-runs.ts';
import { taskOfRun } from './task-of-run.ts';
import type { Workspace } from './workspace.ts';

/** What of a step is changed, and by whom. */
export interface EditStepOptions {
  /** The step: its id, or its number. */
  task: string;
  /** The file to change, where the step gave several; relative to the folder of the run. */
  path?: string | undefined;
  /** Who edits, by name. Default: `person`. */
  by?: string | undefined;
  /** Allows this for a run that was not started here. */
  trust?: boolean | undefined;
}

/** What was changed of what a step gave. */
export interface EditedStep {
  task: string;
  path: string;
  /** Nothing was changed. */
  unchanged: boolean;
  /** Steps that have read what was there before; they can be done again. */
  readBy: string[];
}

/**
 * Changes what a step of a run gave, its text or one of its files, before others read it: later steps see this version, and the conversation has it. What the model
 * wrote stays in the journal.
 * @param edit Given the content as it stands, says how it is to be.
 * @throws MultiagentError `run.not_found`, `run.unknown_task`, `run.live`, `run.foreign`, `edit.nothing`, `edit.which_file`, `edit.data`, `edit.empty`, `edit.refused`;
 * what `edit` throws.
 * @example
 * const { path, readBy } = await editStep(orchestrator, run, { task: 'release_notes' }, async (content) => `${content}- And more.\n`);
 * console.log(path, readBy.length); // CHANGELOG.md 0
 */
export async function editStep(
  workspace: Workspace,
  run: string,
  { task: name, path, by = 'person', trust }: EditStepOptions,
  edit: (content: string, path: string) => Promise<string>,
): Promise<EditedStep> {
  const editing = withOwnedRun(workspace, run, async ({ state, journal }: OwnedRun): Promise<EditedStep> => {
    await requireTrust(state, workspace.ownRuns, trust);
    const task = taskOfRun(state, name);
    const version = versionToEdit(state, task, path);
    const before = await contentOf(workspace, version);
    const after = await edit(before, version.path);
    const edited = { task: task.task, path: version.path };
    if (after === before) return { ...edited, unchanged: true, readBy: [] };
    if (after.trim() === '')
      throw refused('edit.empty', 'It would be empty. Nothing was changed.', `To take a file back: multiagent undo ${run} ${task.task}`);
    const bytes = Buffer.from(after);
    const stream = runStream(run);
    const sha256 = await workspace.store.putContent(bytes, { stream });
    const folders = await foldersOfRun(state, workspace);
    const written = await folderOf(folders, 'generated').write(version.path, bytes);
    if (written.kind === 'refused') throw refused('edit.refused', written.refusal.message, 'Nothing was changed.');
    const isText = version.format === 'reply';
    await journal.append('person', [
      {
        type: 'artifact.written',
        data: {
          task: task.task,
          path: version.path,
          bytes: bytes.length,
          sha256,
          outcome: 'updated',
          replaced: version.sha256,
          format: isText ? 'reply' : personFormat,
          range: [0, after.length],
        },
      },
      {
        type: 'task.edited',
        data: {
          ...edited,
          by,
          turn: turnAfter(task.turn ?? [], { path: version.path, content: after, isText }),
          ...(isText ? { text: after.trim() } : {}),
        },
      },
    ]);
    await writeResults(journal.state, folders);
    return { ...edited, unchanged: false, readBy: readersOf(journal.state, task.task) };
  });
  return editing.catch((error: unknown) => {
    throw liveRun(run, error);
  });
}

/** A text takes the place of the reply. Of a file later steps are told, since the reply may hold others. */
function turnAfter(turn: readonly TurnEntry[], { path, content, isText }: { path: string; content: string; isText: boolean }): TurnEntry[] {
  const text = (role: TurnEntry['role'], words: string): TurnEntry => ({ role, content: [{ type: 'text', text: words }] });
  if (isText) return [...turn.slice(0, -1), text('assistant', content.trim())];
  const told = `The person whom the team works for has changed ${path}. It stands so now:\n\n${renderFiles([{ path, content }]).trim()}`;
  return [...turn, text('user', told), text('assistant', 'I will go by that.')];
}

/** @throws MultiagentError `edit.nothing`, `edit.which_file`, `edit.data`. */
function versionToEdit(state: RunState, task: TaskRecord, path: string | undefined): ArtifactRecord {
  const { run } = state;
  const all = standingFiles(state).filter((file) => file.task === task.task);
  const files = state.artifacts.filter(({ path: each, sha256, task: writer, undone }) => {
    return writer === task.task && undone === undefined && all.some((file) => file.path === each && file.sha256 === sha256);
  });
  if (task.status !== 'completed' || task.turn === undefined || files.length === 0)
    throw refused(
      'edit.nothing',
      `The step ${task.task} (${task.status}) has given nothing that could be edited.`,
      `"multiagent show ${run}" shows what each step gave.`,
    );
  if (task.schema !== undefined)
    throw refused(
      'edit.data',
      `The step ${task.task} gave data that the workflow has read already.`,
      `Change what it is told, and repeat it: multiagent say ${run} "…", then multiagent retry ${run} ${task.task}`,
    );
  const names = [...new Set(files.map((file) => file.path))];
  const wanted = path ?? (names.length === 1 ? names[0] : undefined);
  const found = files.findLast((file) => file.path === wanted);
  if (found !== undefined) return found;
  const which = `Name one: ${names.map((each) => `multiagent edit ${run} ${task.task} ${each}`).join(', or ')}`;
  if (wanted === undefined) throw refused('edit.which_file', `The step ${task.task} gave ${names.length} files.`, which);
  throw refused('edit.nothing', `The step ${task.task} gave no file ${wanted}.`, which);
}

async function contentOf({ store }: Workspace, { sha256, path }: ArtifactRecord): Promise<string> {
  const content = await store.getContent(sha256);
  if (content !== undefined) return Buffer.from(content).toString('utf8');
  throw refused('edit.nothing', `The journal no longer holds the content of ${path}.`, 'Change the file itself, in the folder of the run.');
}

/** Steps that depend on it, however far, and have begun. */
function readersOf({ tasks }: RunState, task: string): string[] {
  const readers = descendantsOf([task], tasks.values());
  return [...readers].filter((name) => (tasks.get(name)?.activities.length ?? 0) > 0);
}

function refused(code: string, message: string, hint: string): MultiagentError {
  return new MultiagentError({ category: 'usage', code, message, hint });
}
