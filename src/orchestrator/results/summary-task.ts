import { decisionSentence } from '../decisions/decision-sentence.ts';
import { reasonOfSkip } from '../../state/run/reason-of-skip.ts';
import { changedNothing, isTakenOver } from '../../state/run/ended-tasks.ts';
import { refusalsOf } from '../../state/run/records-of-task.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { nothingSentence } from './nothing-sentence.ts';
import { outcomeSentence } from './outcome-sentence.ts';
import { findingLine, verdictOf } from '../verdict.ts';
import { replyCutSentences } from './reply-cut-sentence.ts';
import { serversOfTask, takeOvers } from './servers-of-task.ts';
import { timeWorked } from '../../state/run/usage-of-run.ts';
import { plain } from './summary-text.ts';

const marks: Record<TaskRecord['status'], string> = {
  completed: '✓',
  failed: '✗',
  skipped: '–',
  cancelled: '–',
  running: '…',
  waiting: '…',
  pending: '…',
};

/** What the summary says of one task. */
export function summaryTask(state: RunState, task: TaskRecord): string[] {
  const servers = serversOfTask(task);
  const refusals = refusalsOf(state, task.task);
  const outcome = task.status === 'completed' ? outcomeSentence(task, task.place === 'none' ? 'no_model' : 'model') : undefined;
  const seconds = task.startedAt !== undefined && task.completedAt !== undefined ? timeWorked(task, task.completedAt) / 1000 : undefined;
  return [
    `### ${marks[task.status]} ${task.number}. ${task.task}`,
    '',
    `- ${plain(task.description)}`,
    task.role === '' ? `- Kind: ${task.kind}` : `- Agent: ${task.role}${task.agent ? ` (${task.agent})` : ''}`,
    `- Dependencies: ${task.dependencies.join(', ') || 'none'}`,
    isTakenOver(state, task)
      ? `- Status: taken over from \`${state.inherits?.run}\``
      : `- Status: ${task.status}${seconds === undefined ? '' : ` after ${seconds.toFixed(1)} s`}${task.attempts > 1 ? `, ${task.attempts} attempts` : ''}`,
    ...(changedNothing(state, task) ? [`- It ${plain(nothingSentence(task.because))}`] : []),
    ...(outcome === undefined ? [] : [`- Outcome: ${plain(outcome)}`]),
    ...(verdictOf(task.outputs)?.findings ?? []).map((finding) => `  - ${plain(findingLine(finding))}`),
    ...(task.decisions ?? []).map((decided) => `- Decided: ${plain(decisionSentence(decided))}`),
    ...(servers.length > 0 ? [`- Written by: ${servers.map(plain).join(', then ')}`] : []),
    ...takeOvers(task).map((text) => `- Taken over: ${plain(text)}`),
    ...replyCutSentences(task).map((text) => `- Shortened: ${text}`),
    ...(task.error ? [`- Error: ${plain(task.error.message)}`] : []),
    ...(task.error?.hint === undefined ? [] : [`- What to do: ${plain(task.error.hint)}`]),
    ...(task.skipped ? [`- Skipped, because ${reasonOfSkip(task.skipped)}`] : []),
    ...refusals.map(({ name, reason, keptAs }) => {
      const kept = keptAs === undefined ? '' : ` Its text is in \`rejected/${state.run}/${keptAs}\`.`;
      return `- Not written: ${name === '' ? 'a block without a name' : `\`${plain(name)}\``}: ${plain(reason)}${kept}`;
    }),
    '',
  ];
}
