import type { EventOf, KnownEvent } from '../../events/event-registry.ts';
import { printableLine } from '../../utils/printable.ts';
import { checkSentence } from '../../orchestrator/checks/check-sentence.ts';
import { parallelSentence } from '../../orchestrator/scheduling/parallel-sentence.ts';
import { findingLines } from './finding-lines.ts';
import { indentedTail } from './indented-tail.ts';
import { formatDuration } from './format-duration.ts';
import { modelPlace } from './model-place.ts';
import type { View } from './view.ts';
import { readingText, taskOf, tokensText } from './progress-text.ts';

export interface PlainViewOptions {
  write: (text: string) => void;
  detail: 'normal' | 'verbose';
  /** Progress of one task is told at most this often. */
  intervalMilliseconds?: number | undefined;
}

interface ShownTask {
  label: string;
  startedAt: number;
  /** Where its newest call went, where there are several servers. */
  server: string | undefined;
  lastProgress: number;
  /** Of the calls that ended. */
  read: number | undefined;
  cached: number | undefined;
  written: number | undefined;
  speed: number | undefined;
}

/** Lines that need no terminal: who works on what, how far the prompt is read, how fast the reply comes, which files landed. */
export function plainView({ write: tell, detail, intervalMilliseconds = 5000 }: PlainViewOptions): View {
  const tasks = new Map<string, ShownTask>();
  /** Tasks that another run has done: what is recorded of them here did not happen now. */
  const inherited = new Set<string>();
  let total = 0;
  let silent = false;

  const write = (text: string) => {
    if (!silent) tell(text);
  };
  const line = (task: string, text: string) => {
    if (!inherited.has(task)) write(`${printableLine(`${tasks.get(task)?.label ?? task}: ${text}`)}\n`);
  };
  const due = (task: string, time: number) => {
    const shown = tasks.get(task);
    if (shown === undefined || time - shown.lastProgress < intervalMilliseconds) return false;
    shown.lastProgress = time;
    return true;
  };

  const handlers: { [Type in KnownEvent['type']]?: (event: EventOf<Type>) => void } = {
    'run.started': ({ data }) => {
      const context = data.model.contextTokens === undefined ? '' : `, ${data.model.contextTokens} tokens of context`;
      write(`${printableLine(`Run ${data.run}: ${data.workflow.replaceAll('_', ' ')}`)}\n`);
      write(`${printableLine(`Model ${data.model.name} on ${modelPlace(data.model)}${context}`)}\n`);
      write(`${printableLine(parallelSentence(data))}\n`);
      if (data.inherits === undefined) return;
      for (const task of data.inherits.tasks) inherited.add(task);
      write(`${printableLine(`Taken over from ${data.inherits.run}: ${data.inherits.tasks.join(', ') || 'nothing'}`)}\n`);
    },
    'run.resumed': ({ correlation }) => write(`Run ${correlation} goes on\n`),
    'artifact.restored': ({ data }) => write(`${printableLine(`Written again, because it was missing: ${data.path}`)}\n`),
    'artifact.edited': ({ data }) => write(`${printableLine(`Left as it is, because somebody has changed it: ${data.path}`)}\n`),
    'task.reopened': ({ data }) => void inherited.delete(data.task),
    'task.added': ({ data }) => {
      total += 1;
      tasks.set(data.task, {
        label: `[${data.number}] ${data.task}`,
        startedAt: 0,
        server: undefined,
        lastProgress: 0,
        read: undefined,
        cached: undefined,
        written: undefined,
        speed: undefined,
      });
    },
    'task.started': ({ data, time }) => {
      const shown = tasks.get(data.task);
      if (shown === undefined) return;
      shown.label = shown.label.replace(/^\[(\d+)(\/\d+)?\]/, `[$1/${total}]`);
      shown.startedAt = time;
      shown.lastProgress = time;
      line(data.task, `${data.agent} begins${data.attempt > 1 ? `, attempt ${data.attempt}` : ''}`);
    },
    'prompt.progress': ({ data, time }) => {
      const task = taskOf(data.activity);
      if (!due(task, time)) return;
      line(task, readingText(data));
    },
    'reply.delta': ({ data, time }) => {
      const task = taskOf(data.activity);
      if (!due(task, time)) return;
      line(task, `${data.text === undefined ? 'thinking' : 'writing'}, ${tokensText(data.tokens, data.milliseconds)}`);
    },
    'call.sent': ({ data: { activity, server } }) => {
      const task = taskOf(activity);
      const shown = tasks.get(task);
      if (shown === undefined || shown.server === server) return;
      line(task, `${shown.server === undefined ? 'is' : 'goes on'} at ${server}`);
      shown.server = server;
    },
    'call.ended': ({ data }) => {
      const task = taskOf(data.activity);
      const shown = tasks.get(task);
      if (data.error) line(task, `call ${data.call} failed: ${data.error.message}`);
      if (shown === undefined || data.usage === undefined) return;
      const { readTokens, cachedTokens, replyTokens, replyMilliseconds } = data.usage;
      shown.read = add(shown.read, readTokens);
      shown.cached = add(shown.cached, cachedTokens);
      shown.written = add(shown.written, replyTokens);
      if (replyTokens !== undefined && replyMilliseconds) shown.speed = (replyTokens / replyMilliseconds) * 1000;
    },
    'artifact.written': ({ data }) => line(data.task, `${data.outcome} ${data.path} (${data.bytes} bytes)`),
    'artifact.checked': ({ data }) => {
      const lines = findingLines(data);
      for (const text of lines) line(data.task, text);
    },
    'check.started': ({ data }) =>
      write(`${printableLine(`Checking with '${data.command}', for at most ${formatDuration(data.timeoutMilliseconds)}`)}\n`),
    'check.finished': ({ data }) => {
      write(`${printableLine(checkSentence(data))}\n`);
      if (data.outcome !== 'passed' || detail === 'verbose') write(indentedTail(data.output));
    },
    'artifact.refused': ({ data }) => line(data.task, `not written${data.name === '' ? '' : `, ${data.name}`}: ${data.reason}`),
    'artifact.collided': ({ data }) =>
      line(data.task, `${data.path} was already written differently by ${data.earlier.task}; both versions are kept`),
    'prompt_cache.prepared': ({ data: { copies, tasks } }) => {
      if (detail === 'verbose' && copies === 'kept') write(`${printableLine(`Copied what ${tasks.join(', ')} share`)}\n`);
    },
    'transcript.cut': ({ data }) =>
      write(`${printableLine(`Shortened: ${data.reason} Now digests: ${data.cuts.map(({ task }) => task).join(', ')}.`)}\n`),
    'task.waiting': ({ data, time }) => {
      const wait = data.until === undefined ? '' : ` Again in ${formatDuration(data.until - time)}.`;
      line(data.task, `${data.error?.message ?? `${data.reason}.`}${wait}`);
    },
    'task.completed': ({ data, time }) => line(data.task, `done in ${describe(tasks.get(data.task), time)}`),
    'task.failed': ({ data }) => {
      line(data.task, `FAILED: ${data.error.message}`);
      if (data.error.hint) line(data.task, data.error.hint);
    },
    'task.skipped': ({ data }) => line(data.task, `skipped, because ${data.because} did not complete`),
    'task.cancelled': ({ data }) => line(data.task, 'stopped; what arrived is kept'),
    ...(detail === 'verbose'
      ? {
          'message.sent': ({ data }: EventOf<'message.sent'>) =>
            write(`${printableLine(`${data.from} to ${data.to ?? 'everyone'}: ${data.messageType} ${JSON.stringify(data.content)}`)}\n`),
        }
      : {}),
  };
  const event = (next: KnownEvent) => (handlers[next.type] as ((event: KnownEvent) => void) | undefined)?.(next);
  return {
    event,
    earlier(past) {
      silent = true;
      event(past);
      silent = false;
    },
  };
}

function add(sum: number | undefined, value: number | undefined): number | undefined {
  return value === undefined ? sum : (sum ?? 0) + value;
}

function describe(shown: ShownTask | undefined, time: number): string {
  if (shown === undefined) return 'no time';
  const parts = [formatDuration(time - shown.startedAt)];
  if (shown.written !== undefined)
    parts.push(`${shown.written} tokens written${shown.speed === undefined ? '' : ` at ${shown.speed.toFixed(1)} tokens/s`}`);
  if (shown.read !== undefined)
    parts.push(`${shown.read} tokens read${shown.cached === undefined ? '' : ` and ${shown.cached} from the cache`}`);
  return parts.join(', ');
}
