import type { EventOf, KnownEvent } from '../../events/event-registry.ts';
import { printableLine } from '../../utils/printable.ts';
import { checkSentence } from '../../orchestrator/checks/check-sentence.ts';
import { parallelSentence } from '../../orchestrator/scheduling/parallel-sentence.ts';
import { findingLines } from './finding-lines.ts';
import { indentedTail } from './indented-tail.ts';
import { formatDuration } from './format-duration.ts';
import { modelSentence } from './model-place.ts';
import type { View } from './view.ts';

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
  /** What its newest call failed with. */
  trouble: string | undefined;
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
  const taskOf = (activity: string) => activity.slice(0, activity.lastIndexOf('/'));
  const due = (task: string, time: number) => {
    const shown = tasks.get(task);
    if (shown === undefined || time - shown.lastProgress < intervalMilliseconds) return false;
    shown.lastProgress = time;
    return true;
  };

  const handlers: { [Type in KnownEvent['type']]?: (event: EventOf<Type>) => void } = {
    'run.started': ({ data }) => {
      write(`${printableLine(`Run ${data.run}: ${data.workflow.replaceAll('_', ' ')}`)}\n`);
      write(`${printableLine(modelSentence(data.model))}\n`);
      write(`${printableLine(parallelSentence(data))}\n`);
      if (data.inherits === undefined) return;
      for (const task of data.inherits.tasks) inherited.add(task);
      write(`${printableLine(`Taken over from ${data.inherits.run}: ${data.inherits.tasks.join(', ') || 'nothing'}`)}\n`);
    },
    'run.resumed': ({ correlation, data: { model } }) => {
      write(`Run ${correlation} goes on\n`);
      if (model !== undefined) write(`${printableLine(modelSentence(model))}\n`);
    },
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
        trouble: undefined,
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
      const percent = data.total === 0 ? 100 : Math.floor((data.processed / data.total) * 100);
      line(task, `reading the prompt, ${percent} % of ${data.total} tokens`);
    },
    'reply.delta': ({ data, time }) => {
      const task = taskOf(data.activity);
      if (!due(task, time)) return;
      const speed = data.milliseconds > 0 ? `, ${((data.tokens / data.milliseconds) * 1000).toFixed(1)} tokens/s` : '';
      line(task, `${data.text === undefined ? 'thinking' : 'writing'}, ${data.tokens} tokens${speed}`);
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
      if (shown !== undefined) shown.trouble = data.error?.message;
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
    'prompt_cache.prepared': ({ data: { copies, tasks, server } }) => {
      const where = server === undefined ? '' : ` at ${server}`;
      if (detail === 'verbose' && copies === 'kept') write(`${printableLine(`Copied what ${tasks.join(', ')} share${where}`)}\n`);
    },
    'transcript.cut': ({ data }) =>
      write(`${printableLine(`Shortened: ${data.reason} Now digests: ${data.cuts.map(({ task }) => task).join(', ')}.`)}\n`),
    'task.waiting': ({ data, time }) => {
      const wait = data.until === undefined ? '' : ` Again in ${formatDuration(data.until - time)}.`;
      line(data.task, `${data.error?.message ?? `${data.reason}.`}${wait}`);
    },
    'task.completed': ({ data, time }) => line(data.task, `done in ${describe(tasks.get(data.task), time)}`),
    'task.failed': ({ data }) => {
      // Not twice in two lines.
      line(data.task, tasks.get(data.task)?.trouble === data.error.message ? 'FAILED' : `FAILED: ${data.error.message}`);
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
    parts.push(`${tokens(shown.written)} written${shown.speed === undefined ? '' : ` at ${shown.speed.toFixed(1)} tokens/s`}`);
  if (shown.read !== undefined)
    parts.push(`${tokens(shown.read)} read${shown.cached === undefined ? '' : ` and ${shown.cached} from the cache`}`);
  return parts.join(', ');
}

function tokens(count: number): string {
  return `${count} ${count === 1 ? 'token' : 'tokens'}`;
}
