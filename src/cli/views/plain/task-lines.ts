import { reasonOfSkip } from '../../../state/run/reason-of-skip.ts';
import { printableLine } from '../../../utils/printable.ts';
import { amount } from '../../../orchestrator/results/cost-sentences.ts';
import { nothingSentence } from '../../../orchestrator/results/nothing-sentence.ts';
import { outcomeSentence } from '../../../orchestrator/results/outcome-sentence.ts';
import { decisionSentence } from '../../../orchestrator/decisions/decision-sentence.ts';
import { askedLines, decideLines } from '../asked-lines.ts';
import { budgetRest, isForPerson, waitingSentence } from '../event-sentences.ts';
import { formatDuration } from '../format-time.ts';
import type { PlainHandlers, ShownTask } from './plain-lines.ts';

/** What is told of tasks: that they begin, wait, ask, end. */
export const taskLines: PlainHandlers = {
  'task.reopened': (lines, { data }) => {
    lines.inherited.delete(data.task);
    const shown = lines.tasks.get(data.task);
    if (shown === undefined) return;
    shown.startedAt = 0;
    if (data.reason === 'retry') shown.changedFiles = false;
  },
  'task.added': (lines, { data }) => {
    lines.total += 1;
    lines.tasks.set(data.task, {
      label: `[${data.number}] ${data.task}`,
      startedAt: 0,
      waits: false,
      decided: undefined,
      server: undefined,
      lastProgress: 0,
      read: undefined,
      cached: undefined,
      written: undefined,
      speed: undefined,
      changedFiles: false,
      asksModel: data.place !== 'none',
      trouble: undefined,
    });
  },
  'task.started': (lines, { data, time }) => {
    const shown = lines.tasks.get(data.task);
    if (shown === undefined) return;
    shown.label = shown.label.replace(/^\[(\d+)(\/\d+)?\]/, `[$1/${lines.total}]`);
    shown.lastProgress = time;
    // One that waited is only called again.
    const { waits } = shown;
    shown.waits = false;
    if (shown.startedAt > 0 && (waits || !shown.asksModel)) return;
    shown.startedAt = time;
    lines.tell(data.task, `${data.agent} begins${data.attempt > 1 ? `, attempt ${data.attempt}` : ''}`);
  },
  'task.waiting': (lines, { data, time }) => {
    if (isForPerson(data)) {
      const left = data.until === undefined ? '' : `, ${formatDuration(data.until - time)} at most`;
      lines.tell(data.task, `${waitingSentence(data)}${left}.`);
      return;
    }
    const shown = lines.tasks.get(data.task);
    if (data.reason === 'budget') {
      // The call that was not made has said it.
      lines.tell(data.task, shown?.trouble === data.error?.message ? budgetRest : `${waitingSentence(data)} It ${budgetRest}.`);
      return;
    }
    const isRetry = data.error !== undefined;
    if (shown !== undefined) shown.waits = !isRetry;
    const wait =
      data.until === undefined
        ? ''
        : ` ${isRetry ? 'Again' : 'On'} in ${formatDuration(data.until - time)}${isRetry ? '' : ' at the latest'}.`;
    lines.tell(data.task, `${waitingSentence(data)}${isRetry ? '' : '.'}${wait}`);
  },
  'task.asked': (lines, { data, correlation }) => {
    for (const line of askedLines(data)) lines.tell(data.task, line);
    for (const line of decideLines(correlation, data)) lines.write(`${printableLine(line)}\n`);
  },
  'task.decided': (lines, { data }) => {
    const decided = decisionSentence(data);
    const shown = lines.tasks.get(data.task);
    if (shown !== undefined) shown.decided = decided;
    lines.tell(data.task, decided);
  },
  'task.completed': (lines, { data, time }) => {
    const shown = lines.tasks.get(data.task);
    const cost = lines.money.of(data.task);
    lines.tell(data.task, `done in ${describe(shown, time)}${cost === undefined ? '' : `, ${amount(cost)}`}`);
    if (shown?.changedFiles === false && shown.asksModel) lines.tell(data.task, nothingSentence(data.because));
    const outcome = outcomeSentence(data, shown?.asksModel === false ? 'no_model' : 'model');
    if (outcome !== undefined && outcome !== shown?.decided) lines.tell(data.task, outcome);
  },
  'task.failed': (lines, { data }) => {
    // The same error is not shown in two lines.
    lines.tell(data.task, lines.tasks.get(data.task)?.trouble === data.error.message ? 'FAILED' : `FAILED: ${data.error.message}`);
    if (data.error.hint) lines.tell(data.task, data.error.hint);
  },
  'task.skipped': (lines, { data }) => lines.tell(data.task, `skipped, because ${reasonOfSkip(data)}`),
  'task.cancelled': (lines, { data }) => lines.tell(data.task, 'stopped; what has arrived is kept'),
};

function describe(shown: ShownTask | undefined, time: number): string {
  if (shown === undefined) return 'no time';
  const parts = [formatDuration(time - shown.startedAt)];
  if (shown.written !== undefined)
    parts.push(`${tokens(shown.written)} written${shown.speed === undefined ? '' : ` at ${shown.speed.toFixed(1)} tokens/s`}`);
  if (shown.read !== undefined)
    parts.push(`${tokens(shown.read)} read${shown.cached === undefined ? '' : ` and ${shown.cached} from the cache`}`);
  return parts.join(', ');
}

function tokens(count: number): string {
  return `${count} ${count === 1 ? 'token' : 'tokens'}`;
}
