import { reasonOfSkip } from '../../state/run/reason-of-skip.ts';
import { outputTail } from '../../orchestrator/checks/output-tail.ts';
import type { EventOf, EventType, JournalEvent, EventData } from '../../events/run-stream-events.ts';
import { unknownEventType } from '../../events/unknown-event.ts';
import { printableLine } from '../../utils/printable.ts';
import { fallbackSentence, returnedSentence } from '../../orchestrator/results/fallback-sentence.ts';
import { leavesSentence } from '../../orchestrator/results/egress-sentences.ts';
import { nothingSentence } from '../../orchestrator/results/nothing-sentence.ts';
import { outcomeSentence } from '../../orchestrator/results/outcome-sentence.ts';
import { replyCutSentence } from '../../orchestrator/results/reply-cut-sentence.ts';
import { removalSentence } from '../../orchestrator/results/removal-sentence.ts';
import { checkSentence } from '../../orchestrator/checks/check-sentence.ts';
import { failureLines } from '../../orchestrator/checks/verification-sentence.ts';
import { decisionSentence } from '../../orchestrator/decisions/decision-sentence.ts';
import { readSentence } from '../../orchestrator/showing/read-sentence.ts';
import { installBegins, installSentence } from '../../orchestrator/packages/install-sentence.ts';
import { projectSentences } from '../../orchestrator/results/project-sentences.ts';
import { parallelSentence } from '../../orchestrator/scheduling/parallel-sentence.ts';
import { askedLines, decideLines } from './asked-lines.ts';
import {
  collisionSentence,
  findingLines,
  isForPerson,
  limitSentence,
  modelSentence,
  readingText,
  tokensText,
  unknownEventSentence,
  waitingSentence,
} from './event-sentences.ts';
import { formatDuration } from './format-time.ts';
import { PlainLines, type PlainViewOptions, type ShownTask } from './plain-lines.ts';
import type { View } from './view.ts';
import { taskOfActivity } from '../../utils/run-id.ts';

/** Lines that need no terminal: who works on what, how much of the prompt is read, how fast the reply comes, which files are written. */
export function plainView(options: PlainViewOptions): View {
  const lines = new PlainLines(options);
  const event = (next: JournalEvent) => {
    if (next.type === unknownEventType) lines.write(`${printableLine(unknownEventSentence(next))}\n`);
    else (handlers as Record<string, ((lines: PlainLines, event: JournalEvent) => void) | undefined>)[next.type]?.(lines, next);
  };
  let held: JournalEvent[] | undefined;
  return {
    event(next) {
      if (held === undefined) event(next);
      else held.push(next);
    },
    hold() {
      held ??= [];
    },
    release() {
      for (const next of held ?? []) event(next);
      held = undefined;
    },
    earlier(past) {
      lines.silent = true;
      event(past);
      lines.silent = false;
    },
  };
}

/** How many problems of a reply are shown. */
const mostProblems = 3;

const handlers: { [Type in EventType]?: (lines: PlainLines, event: EventOf<Type>) => void } = {
  'run.started': (lines, { data }) => {
    lines.write(`${printableLine(`Run ${data.run}: ${data.workflow.replaceAll('_', ' ')}`)}\n`);
    lines.write(`${printableLine(modelSentence(data.model))}\n`);
    lines.write(`${printableLine(parallelSentence(data))}\n`);
    for (const sentence of projectSentences(data)) lines.write(`${printableLine(sentence)}\n`);
    if (data.inherits === undefined) return;
    for (const task of data.inherits.tasks) lines.inherited.add(task);
    lines.write(`${printableLine(`Taken over from ${data.inherits.run}: ${data.inherits.tasks.join(', ') || 'nothing'}`)}\n`);
  },
  'run.resumed': (lines, { correlation, data: { model } }) => {
    lines.write(`Run ${correlation} continues\n`);
    if (model !== undefined) lines.write(`${printableLine(modelSentence(model))}\n`);
  },
  'artifact.restored': (lines, { data }) => lines.write(`${printableLine(`Written again, because it was missing: ${data.path}`)}\n`),
  'artifact.edited': (lines, { data }) => lines.write(`${printableLine(`Left as it is, because somebody has changed it: ${data.path}`)}\n`),
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
  'prompt.progress': (lines, { data, time }) => {
    const task = taskOfActivity(data.activity);
    if (!lines.due(task, time)) return;
    lines.tell(task, readingText(data));
  },
  'reply.delta': (lines, { data, time }) => {
    const task = taskOfActivity(data.activity);
    if (!lines.due(task, time)) return;
    lines.tell(task, `${data.text === undefined ? 'thinking' : 'writing'}, ${tokensText(data.tokens, data.milliseconds)}`);
  },
  'reply.judged': (lines, { data: { activity, path, problems } }) => {
    if (problems.length > 0) lines.tell(taskOfActivity(activity), `not yet ${path}: ${problems.slice(0, mostProblems).join('; ')}`);
  },
  'reply.cut': (lines, { data }) => lines.tell(taskOfActivity(data.activity), replyCutSentence(data)),
  'call.sent': (lines, { data: { activity, server } }) => {
    const task = taskOfActivity(activity);
    const shown = lines.tasks.get(task);
    if (shown === undefined || shown.server === server) return;
    lines.tell(task, `${shown.server === undefined ? 'is' : 'continues'} at ${server}`);
    shown.server = server;
  },
  'model.fell_back': (lines, { data }) => {
    const sentence = `⚠ ${fallbackSentence(data)}`;
    if (data.task === undefined) lines.write(`${printableLine(sentence)}\n`);
    else lines.tell(data.task, sentence);
  },
  'model.returned': (lines, { data }) => lines.tell(data.task, returnedSentence(data)),
  'request.sent': (lines, { data }) => {
    if (data.where === 'this_machine' || lines.silent || lines.hosts.has(data.host)) return;
    lines.hosts.add(data.host);
    lines.write(`${printableLine(leavesSentence(data))}\n`);
  },
  'limit.waited': (lines, { data }) => lines.tell(data.task, limitSentence(data)),
  'call.ended': (lines, { data }) => {
    const task = taskOfActivity(data.activity);
    const shown = lines.tasks.get(task);
    if (data.error) lines.tell(task, `call ${data.call} failed: ${data.error.message}`);
    if (shown !== undefined) shown.trouble = data.error?.message;
    if (shown === undefined || data.usage === undefined) return;
    const { readTokens, cachedTokens, replyTokens, replyMilliseconds } = data.usage;
    shown.read = add(shown.read, readTokens);
    shown.cached = add(shown.cached, cachedTokens);
    shown.written = add(shown.written, replyTokens);
    if (replyTokens !== undefined && replyMilliseconds) shown.speed = (replyTokens / replyMilliseconds) * 1000;
  },
  'artifact.written': (lines, { data }) => {
    const shown = lines.tasks.get(data.task);
    if (shown !== undefined) shown.changedFiles ||= data.outcome !== 'unchanged';
    lines.tell(data.task, `${data.outcome} ${data.path} (${data.bytes} bytes)`);
  },
  'artifact.removed': (lines, { data }) => {
    const shown = lines.tasks.get(data.task);
    if (shown !== undefined) shown.changedFiles = true;
    lines.tell(data.task, removalSentence(data));
  },
  'artifact.mended': (lines, { data }) => lines.tell(data.task, `mended ${data.path}: ${data.changes.join('; ')}`),
  'artifact.checked': (lines, { data }) => {
    for (const text of findingLines(data)) lines.tell(data.task, text);
  },
  'examples.tried': (lines, { data }) => {
    const held = data.examples.filter(({ outcome }) => outcome === 'holds').length;
    lines.tell(data.task, `tried the requirement's examples: ${held} of ${data.examples.length} hold`);
    for (const { outcome, why } of data.examples) if (outcome === 'fails' && why !== undefined) lines.tell(data.task, `  ${why}`);
  },
  'check.started': (lines, { data }) => checkBegins(lines, data),
  'check.finished': (lines, { data }) => checkEnds(lines, data),
  'activity.started': (lines, { data }) => {
    if (data.kind === 'command') checkBegins(lines, data);
    if (data.kind === 'install')
      lines.write(`${printableLine(`${installBegins(data)}, for at most ${formatDuration(data.timeoutMilliseconds)}`)}\n`);
  },
  'activity.completed': (lines, { data }) => {
    if (data.kind === 'command') checkEnds(lines, data);
    if (data.kind === 'install') lines.write(`${printableLine(installSentence(data))}\n`);
    if (data.kind === 'read') lines.tell(taskOfActivity(data.activity), readSentence(data));
  },
  'artifact.refused': (lines, { data }) => lines.tell(data.task, `not written${data.name === '' ? '' : `, ${data.name}`}: ${data.reason}`),
  'artifact.collided': (lines, { data }) => lines.tell(data.task, collisionSentence(data)),
  'prompt_cache.prepared': (lines, { data: { copies, tasks: sharing, server } }) => {
    if (lines.detail !== 'verbose' || copies !== 'kept') return;
    lines.write(`${printableLine(`Copied what ${sharing.join(', ')} share${server === undefined ? '' : ` at ${server}`}`)}\n`);
  },
  'transcript.cut': (lines, { data }) =>
    lines.write(`${printableLine(`Shortened: ${data.reason} Now digests: ${data.cuts.map(({ task }) => task).join(', ')}.`)}\n`),
  'task.waiting': (lines, { data, time }) => {
    if (isForPerson(data)) {
      const left = data.until === undefined ? '' : `, ${formatDuration(data.until - time)} at most`;
      lines.tell(data.task, `${waitingSentence(data)}${left}.`);
      return;
    }
    const isRetry = data.error !== undefined;
    const shown = lines.tasks.get(data.task);
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
    lines.tell(data.task, `done in ${describe(shown, time)}`);
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
  'message.sent': (lines, { data }) => {
    if (lines.detail !== 'verbose') return;
    lines.write(`${printableLine(`${data.from} to ${data.to ?? 'everyone'}: ${data.messageType} ${JSON.stringify(data.content)}`)}\n`);
  },
};

function checkBegins(lines: PlainLines, { command, timeoutMilliseconds }: EventData<'check.started'>): void {
  lines.write(`${printableLine(`Checking with '${command}', for at most ${formatDuration(timeoutMilliseconds)}`)}\n`);
}

function checkEnds(lines: PlainLines, data: Omit<EventData<'check.finished'>, 'task'>): void {
  lines.write(`${printableLine(checkSentence(data))}\n`);
  if (data.verification !== undefined) {
    for (const line of failureLines(data.verification)) lines.write(`    ${printableLine(line)}\n`);
    return;
  }
  if (data.outcome !== 'passed' || lines.detail === 'verbose') lines.write(indentedTail(data.output));
}

function add(sum: number | undefined, value: number | undefined): number | undefined {
  return value === undefined ? sum : (sum ?? 0) + value;
}

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

/** The last lines of a command's output, indented. */
export function indentedTail(output: string): string {
  return outputTail(output)
    .map((line) => `    ${line}\n`)
    .join('');
}
