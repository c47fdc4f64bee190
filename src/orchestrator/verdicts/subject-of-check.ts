import type { RunMaterial } from '../../agents/plans/run-material.ts';
import { chatMessageText } from '../../llm/chat/chat-message-text.ts';
import { showsTurns } from '../../llm/profile/prompt-layout.ts';
import { isKeptFrom } from '../../state/run/is-kept-from.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import { turnOf } from '../../state/run/turn-of.ts';
import { standingWork } from '../artifacts/standing-files.ts';
import { chosenTurns } from '../conversation/visible-turns.ts';
import { turnsSeenBy } from '../conversation/task-transcript.ts';
import type { RunContext } from '../run-context.ts';
import { groundOf } from '../task-graph.ts';
import type { CheckMessageOptions } from './check-message.ts';

/**
 * What a check judges: the files that the tasks it rests on have written, as they stand; all files of the run where these wrote none. What the layout of the
 * prompt shows already is not shown again: in a transcript a file that stands whole in the turn it was last written in, elsewhere every file.
 */
export function subjectOfCheck(
  run: Pick<RunContext, 'journal' | 'modelOf' | 'preamble' | 'agentOf'>,
  task: TaskRecord,
  { files }: Pick<RunMaterial, 'files'>,
): Pick<CheckMessageOptions, 'judged' | 'files' | 'documents'> {
  const { state } = run.journal;
  const ground = groundOf(task.task, state.tasks);
  const writerOf = new Map(standingWork(state).map((file) => [file.path, file.task]));
  const own = files.filter(({ path }) => ground.has(writerOf.get(path) ?? ''));
  const subject = own.length > 0 ? own : [...files];
  const judged = subject.map(({ path }) => path);
  const { layout } = run.modelOf(task).style;
  if (showsTurns(layout)) {
    const seen = new Set(turnsSeenBy(run, task.task));
    const isShown = ({ path, content }: RunMaterial['files'][number]) => {
      const writer = writerOf.get(path) ?? '';
      const isWhole = seen.has(writer) && !state.epoch.digests.has(writer);
      return isWhole && (turnOf(writer, state) ?? []).some((message) => chatMessageText(message).includes(content.trim()));
    };
    return { judged, files: subject.filter((file) => !isShown(file)), documents: [] };
  }
  const chosen = chosenTurns(state, task.task);
  const mayBeShown = ({ task: name, expects }: TaskRecord) =>
    expects === 'text' && !isKeptFrom(state, name, task.task) && chosen?.has(name) !== false;
  // In the layout `material` all documents are shown.
  const documents =
    layout === 'material'
      ? []
      : task.dependencies.flatMap((name) => {
          const record = state.tasks.get(name);
          const reply = record !== undefined && mayBeShown(record) ? turnOf(name, state)?.at(-1) : undefined;
          return record === undefined || reply === undefined ? [] : [{ taskType: record.taskType, text: chatMessageText(reply) }];
        });
  return { judged, files: [], documents };
}
