import { z } from 'zod';
import type { RemoteResult } from '../../../remote-team.ts';
import { NotUnderstood } from '../botserver-words.ts';
import { lenient, someText } from './lenient.ts';
import { createdResources } from './read-beginnings.ts';

/** How a task stands at its server. `waits`: for somebody there, `for` being the server's word. */
export type TaskStanding =
  | { state: 'at_work' }
  | { state: 'waits'; for: string }
  | { state: 'completed'; result: RemoteResult }
  | { state: 'failed'; why: string };

type State = TaskStanding['state'];

/** The server's words for the states of a task, without case and signs between words. */
const states: ReadonlyMap<string, State> = new Map<string, State>([
  ...['draft', 'compiling', 'simulating', 'ready', 'running', 'pending', 'queued', 'inprogress', 'rollingback'].map(
    (word) => [word, 'at_work'] as const,
  ),
  ...['pendingapproval', 'waitingdecision', 'paused', 'blocked'].map((word) => [word, 'waits'] as const),
  ...['completed', 'complete', 'done', 'success', 'succeeded'].map((word) => [word, 'completed'] as const),
  ...['failed', 'error', 'cancelled', 'canceled', 'rolledback'].map((word) => [word, 'failed'] as const),
]);

const fields = z.object({
  status: someText,
  state: someText,
  error: someText,
  message: someText,
  output: someText,
  app_url: someText,
  created_resources: createdResources,
});

/** The answer may be the task, or hold it under one of these. */
const within = z.object({ task: lenient(z.looseObject({})), data: lenient(z.looseObject({})), result: lenient(z.looseObject({})) });

/** Reads how a task stands. @throws NotUnderstood where no state is named that is known. */
export function readTask(told: unknown): TaskStanding {
  const around = within.safeParse(told).data;
  const task = around?.task ?? around?.data ?? told;
  const own = fields.safeParse(task);
  if (!own.success) throw new NotUnderstood(z.prettifyError(own.error));
  const { status, state: other, error, message } = own.data;
  const word = status ?? other;
  const state = word === undefined ? undefined : states.get(word.toLowerCase().replaceAll(/[^a-z]/g, ''));
  if (word === undefined || state === undefined) throw new NotUnderstood('a state that nobody knows');
  if (state === 'waits') return { state, for: word.slice(0, 100) };
  if (state === 'failed') return { state, why: error ?? message ?? word };
  if (state === 'at_work') return { state };
  const inner = fields.safeParse(within.safeParse(task).data?.result).data;
  const address = own.data.app_url ?? inner?.app_url;
  const created = [...own.data.created_resources, ...(inner?.created_resources ?? [])];
  const text = own.data.output ?? inner?.output ?? inner?.message ?? message ?? '';
  return { state, result: { text, created, ...(address === undefined ? {} : { address: address.slice(0, 4096) }) } };
}
