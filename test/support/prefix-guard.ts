import type { JournalEvent } from '../../src/events/run-stream-events.ts';
import type { RequestRecord } from './fake-llama-server/request-record.ts';

export interface ShrunkPrefix {
  /** The number of the chat request, from 0. */
  request: number;
  taskType: string | undefined;
  /** What the server held of the request before it, and how much of that this one could use. */
  held: number;
  used: number;
}

export interface PrefixGuardOptions {
  requests: readonly RequestRecord[];
  events: readonly JournalEvent[];
}

/** The token that ends a turn may be the template's or the reply's, and the last token of a prompt is always read. */
const slack = 2;

/**
 * Requests of a run on one slot that could not use all that the server held from the one before, although no event between them says why: the transcript
 * was cut, or the turn of a task is not all that the task has said.
 */
export function unexplainedShrinking({ requests, events }: PrefixGuardOptions): ShrunkPrefix[] {
  const calls = events.flatMap((event, at) => (event.type === 'call.started' ? [at] : []));
  return requests.flatMap(({ index, taskType, cacheTokens }) => {
    const before = requests[index - 1];
    if (before === undefined) return [];
    const held = before.promptTokens + before.replyTokens;
    if (cacheTokens >= held - slack) return [];
    const between = events.slice(calls[index - 1], calls[index]);
    return between.some(explains) ? [] : [{ request: index, taskType, held, used: cacheTokens }];
  });
}

function explains(event: JournalEvent): boolean {
  if (event.type === 'transcript.cut' || event.type === 'task.failed') return true;
  if (event.type !== 'task.completed') return false;
  return new Set(event.data.turn?.map((entry) => ('activity' in entry ? entry.activity : entry))).size > 1;
}
