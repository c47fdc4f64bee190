import { reasonOfSkip } from '../../state/run/reason-of-skip.ts';
import { checkSentences } from '../../orchestrator/proof/check-sentences.ts';
import { filesOfTask } from '../../orchestrator/results/task-result.ts';
import { projectSentences } from '../../orchestrator/results/project-sentences.ts';
import { fallbackReport } from '../../orchestrator/results/fallback-sentence.ts';
import { costSentences } from '../../orchestrator/results/cost-sentences.ts';
import { egressSentences } from '../../orchestrator/results/egress-sentences.ts';
import { nothingSentence } from '../../orchestrator/results/nothing-sentence.ts';
import { replyCutSentences } from '../../orchestrator/results/reply-cut-sentence.ts';
import { serversOfTask } from '../../orchestrator/results/servers-of-task.ts';
import { decisionSentence } from '../../orchestrator/decisions/decision-sentence.ts';
import { openQuestions } from '../../orchestrator/decisions/open-questions.ts';
import { askedLines, decideLines, diffLines } from '../views/asked-lines.ts';
import { changedNothing, isTakenOver } from '../../state/run/ended-tasks.ts';
import type { ShownRun } from '../../operations/show-run.ts';
import { changeOfRun, requirementTitle } from '../../state/run/run-title.ts';
import { repliesOf } from '../../state/run/activities-of.ts';
import type { RunState, RunStatus, TaskRecord } from '../../state/run/run-state.ts';
import { waitsForBudget } from '../../orchestrator/scheduling/waits-by-itself.ts';
import { dollarsOf } from '../../utils/format-dollars.ts';
import { largerBudget } from './next-lines.ts';
import { egressOfRun } from '../../state/run/egress-of-run.ts';
import { timeWorked, usageOfRun, usageOfTask } from '../../state/run/usage-of-run.ts';
import type { Usage } from '../../events/usage.ts';
import { printableLine, shorten } from '../../utils/printable.ts';
import { formatDuration, localTime } from '../views/format-time.ts';
import { collisionSentence, modelPlace, readingText, tokensText, waitingSentence } from '../views/event-sentences.ts';
import { align } from '../views/text-width.ts';
import { shortModelName } from '../../llm/server/model-key.ts';

export interface RunLinesOptions {
  /** Milliseconds since 1970. */
  now: number;
  /** `compact`: about one screen. `whole`: with every file, error, cut and edit. */
  detail: 'compact' | 'whole';
}

/** A run as lines for a person. */
export function runLines(shown: ShownRun, { now, detail }: RunLinesOptions): string[] {
  const { state, status, owner, folders } = shown;
  const { model } = state;
  const ended = state.finishedAt ?? (status === 'running' ? now : undefined);
  const time = ended === undefined ? '' : `, ${formatDuration(timeWorked(state, ended))}`;
  const head = [
    `Run ${state.run}: ${state.workflow.replaceAll('_', ' ')}, ${status}`,
    `Started ${localTime(state.startedAt)}${time}${owner === undefined ? '' : `, process ${owner.pid} on ${owner.host}`}`,
    `Model ${shortModelName(model.name)} on ${modelPlace(model)}`,
    ...Object.entries(state.models ?? {}).map(([name, each]) => `Model ${name}: ${shortModelName(each.name)} on ${modelPlace(each)}`),
    ...state.laterModels.map((later) => `Continued with ${shortModelName(later.name)} on ${modelPlace(later)}`),
    ...(state.input.requirement.trim() === '' ? [] : [`Requirement: ${requirementTitle(state.input.requirement, 100)}`]),
    ...projectSentences(state).slice(0, detail === 'whole' ? undefined : 1),
    ...(state.inherits === undefined ? [] : [`Builds on ${state.inherits.run} (${state.inherits.how})${change(state)}`]),
    ...(state.error === undefined ? [] : [`Error: ${state.error.message}`]),
  ];
  const lines = [
    ...head.map(printableLine),
    '',
    ...align([...state.tasks.values()].map((task) => taskRow(shown, task, now))),
    ...(detail === 'whole' ? details(state) : []),
    ...questions(state, detail),
    ...checks(shown),
    '',
    ...(state.artifacts.length > 0 ? [printableLine(`Files   ${folders.generated}`)] : []),
    ...(tokens(usageOfRun(state)) === '' ? [] : [`Tokens  ${tokens(usageOfRun(state))}`]),
    ...costSentences(state).map((sentence) => printableLine(`Cost    ${sentence}`)),
    ...(state.finishedAt === undefined ? [] : egressSentences(egressOfRun(state)).map((sentence) => printableLine(`Sent    ${sentence}`))),
    ...next(state, status),
  ];
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function change(state: RunState): string {
  const request = changeOfRun(state);
  return request === undefined ? '' : `: ${shorten(request.split('\n', 1)[0] ?? '', 100)}`;
}

function taskRow({ state, status }: ShownRun, task: TaskRecord, now: number): string[] {
  const cutOff = status === 'interrupted' && (task.status === 'running' || task.status === 'waiting');
  const ended = task.completedAt ?? (task.status === 'running' && status === 'running' ? now : undefined);
  const worked = task.startedAt === undefined || ended === undefined ? '' : formatDuration(timeWorked(task, ended));
  const time = isTakenOver(state, task) ? 'taken over' : worked;
  const files = filesOfTask(state, task.task).length;
  const doing =
    task.waiting !== undefined && !cutOff
      ? waitsFor(task.waiting, now)
      : status === 'running' && task.status === 'running'
        ? progress(task)
        : tokens(usageOfTask(task));
  const written = files === 0 ? '' : `${files} ${files === 1 ? 'file' : 'files'}`;
  const count = changedNothing(state, task) ? 'changed nothing' : written;
  return [String(task.number).padStart(2), task.task, cutOff ? 'interrupted' : task.status, time, count, doing];
}

/** What a task waits for, and how long at most. */
function waitsFor(waiting: NonNullable<TaskRecord['waiting']>, now: number): string {
  const time = waiting.until === undefined ? '' : `, ${formatDuration(Math.max(0, waiting.until - now))} at most`;
  return `${printableLine(waitingSentence(waiting))}${time}`;
}

function progress(task: TaskRecord): string {
  if (task.place === 'none') return 'at work';
  const { replyProgress, promptProgress } = repliesOf(task).at(-1) ?? {};
  if (replyProgress !== undefined && replyProgress.tokens > 0) {
    return `writing, ${tokensText(replyProgress.tokens, replyProgress.milliseconds)}`;
  }
  if (promptProgress === undefined || promptProgress.total === 0) return 'waiting for the model';
  return readingText(promptProgress);
}

function tokens({ readTokens, cachedTokens, replyTokens }: Usage): string {
  const parts = [
    ...(readTokens === undefined ? [] : [`${readTokens} read`]),
    ...(cachedTokens === undefined ? [] : [`${cachedTokens} from the cache`]),
    ...(replyTokens === undefined ? [] : [`${replyTokens} written`]),
  ];
  return parts.join(', ');
}

function details(state: RunState): string[] {
  const lines = [
    ...[...state.tasks.values()].flatMap((task) => {
      const servers = serversOfTask(task);
      return servers.length === 0 ? [] : [`${task.task}: written by ${servers.join(', then ')}`];
    }),
    ...[...state.tasks.values()].flatMap((task) => (changedNothing(state, task) ? [`${task.task}: ${nothingSentence(task.because)}`] : [])),
    ...[...state.tasks.values()].flatMap((task) => replyCutSentences(task).map((text) => `${task.task}: ${text}`)),
    ...[...state.tasks.values()].flatMap(({ task, error, skipped, attempts }) => [
      ...(error === undefined ? [] : [`${task}: ${error.message}${attempts > 1 ? ` (${attempts} attempts)` : ''}`]),
      ...(error?.hint === undefined ? [] : [`  ${error.hint}`]),
      ...(skipped === undefined ? [] : [`${task}: skipped, because ${reasonOfSkip(skipped)}`]),
    ]),
    ...[...state.tasks.keys()].flatMap((task) => filesOfTask(state, task).map(({ path, bytes }) => `${task}: ${path} (${bytes} bytes)`)),
    ...state.refusals.map(({ task, name, reason }) => `${task}: not written${name === '' ? '' : `, ${name}`}: ${reason}`),
    ...state.collisions.map((collision) => `${collision.task}: ${collisionSentence(collision)}`),
    ...state.fallbacks.map(fallbackReport),
    ...state.epoch.cuts.map(({ reason, cuts }) => `Shortened: ${reason} Now digests: ${cuts.map(({ task }) => task).join(', ')}.`),
    ...[...state.tasks.values()].flatMap(({ task, decisions = [] }) => decisions.map((decided) => `${task}: ${decisionSentence(decided)}`)),
    ...state.edits.map(({ path }) => `Changed by somebody and left alone: ${path}`),
  ];
  return lines.length === 0 ? [] : ['', ...lines.map(printableLine)];
}

/** What people are to decide, with the diff where all is shown. What a model wrote is made safe to show. */
function questions(state: RunState, detail: RunLinesOptions['detail']): string[] {
  return openQuestions(state).flatMap(({ task, question }) => [
    '',
    ...askedLines({ task: task.task, ...question }, detail === 'whole' ? 'whole' : 'short').map((line) =>
      printableLine(`${task.task} ${line}`),
    ),
    ...(detail === 'whole' ? diffLines(question, state.run) : []),
    ...decideLines(state.run, { task: task.task, ...question }).filter((line) => detail === 'compact' || !line.startsWith('  Look')),
  ]);
}

function checks({ state, files }: ShownRun): string[] {
  const lines = checkSentences(state, files);
  return lines.length === 0 ? [] : ['', ...lines.map(printableLine)];
}

function next({ run, tasks, budget = 0 }: RunState, status: RunStatus): string[] {
  if (status === 'waiting' && [...tasks.values()].some(waitsForBudget))
    return [`Resume  multiagent resume ${run} --budget ${largerBudget(dollarsOf(budget))}`];
  if (status === 'interrupted' || status === 'waiting') return [`Resume  multiagent resume ${run}`];
  if (status === 'failed') return [`Retry   multiagent retry ${run}`];
  return status === 'running' ? [`Watch   multiagent status ${run} --follow`] : [];
}
