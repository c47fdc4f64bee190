import type { JournalEvent } from '../../events/run-stream-events.ts';
import { digestTaskType } from '../../orchestrator/session/session-workflow.ts';
import { sessionOf } from '../../operations/sessions.ts';
import { NewEvents } from './new-events.ts';
import { isoTime, jsonLine } from '../safe-json.ts';
import type { View } from '../views/view.ts';

/** What a program reads of a session, one per line. */
export type SessionEvent =
  | { type: 'session.started'; session: string; run: string; model: string }
  /** What was said is told as this from now on, since it took most of the context. */
  | { type: 'session.shortened'; run: string; digest: string; characters: { before: number; after: number }; quality: 'sound' | 'poor' }
  /** It was to be shortened, and was not. */
  | { type: 'session.kept'; why: string }
  | { type: 'turn.started'; run: string; turn: string }
  | { type: 'reply.delta'; activity: string; text: string }
  | { type: 'tool.called'; tool: string; arguments: Record<string, unknown> }
  | { type: 'tool.finished'; tool: string; failed: boolean; exitCode?: number | undefined }
  | { type: 'file.changed'; path: string; change: 'created' | 'updated' | 'removed' }
  | { type: 'check.finished'; command: string; outcome: string; exitCode?: number | undefined }
  | { type: 'approval.requested'; for: 'call'; tool: string; arguments: Record<string, unknown> }
  | { type: 'approval.requested'; for: 'write'; files: { path: string; diff: string }[] }
  | {
      type: 'turn.finished';
      run: string;
      status: string;
      reply: string;
      error?: { code: string; message: string; hint?: string | undefined } | undefined;
      tokens: { read?: number | undefined; cached?: number | undefined; written?: number | undefined };
      /** Written into the project. */
      applied: string[];
      /** Kept, and not written into the project. */
      proposed: string[];
    };

/** Writes events of a session as lines of JSON, each with the time. */
export class SessionJson {
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  tell(event: SessionEvent, time = Date.now()): void {
    const { type, ...data } = event;
    this.#write(jsonLine({ type, time: isoTime(time), ...data }));
  }

  /** The events of its runs, without those that repeat earlier turns. */
  view(): View {
    const events = new NewEvents();
    return {
      event: (event) => {
        const told = events.isNew(event) && !isOfDigest(event) ? toldOf(event) : undefined;
        if (told !== undefined) this.tell(told, event.time);
      },
    };
  }
}

/** The run that writes a digest is told of as a whole. */
function isOfDigest({ data }: JournalEvent): boolean {
  const { task, activity, definition } = data as { task?: string; activity?: string; definition?: { steps?: { task_type?: string }[] } };
  return /^digest_\d+$/.test(task ?? activity?.split('/', 1)[0] ?? '') || definition?.steps?.at(-1)?.task_type === digestTaskType;
}

function toldOf(event: JournalEvent): SessionEvent | undefined {
  switch (event.type) {
    case 'run.started': {
      const {
        run,
        context,
        model: { name: model },
      } = event.data;
      return { type: 'session.started', session: sessionOf({ context }) ?? run, run, model };
    }
    case 'task.started':
      return { type: 'turn.started', run: event.correlation, turn: event.data.task };
    case 'reply.delta':
      return event.data.text === undefined || event.data.text === ''
        ? undefined
        : { type: 'reply.delta', activity: event.data.activity, text: event.data.text };
    case 'activity.started':
      return event.data.kind === 'tool' ? { type: 'tool.called', tool: event.data.tool, arguments: event.data.arguments } : undefined;
    case 'activity.completed': {
      const { data } = event;
      if (data.kind === 'tool') return { type: 'tool.finished', tool: data.tool, failed: data.failed, ...exitOf(data) };
      if (data.kind === 'command') return { type: 'check.finished', command: data.command, outcome: data.outcome, ...exitOf(data) };
      return undefined;
    }
    case 'artifact.written':
      return event.data.outcome === 'unchanged' ? undefined : { type: 'file.changed', path: event.data.path, change: event.data.outcome };
    case 'artifact.removed':
      return { type: 'file.changed', path: event.data.path, change: 'removed' };
    default:
      return undefined;
  }
}

function exitOf({ exitCode }: { exitCode?: number | undefined }): { exitCode?: number } {
  return exitCode === undefined ? {} : { exitCode };
}
