import { z } from 'zod';
import type { RemoteBeginning, RemoteResource } from '../../../remote-team.ts';
import { NotUnderstood } from '../botserver-words.ts';
import { lenient, someText } from './lenient.ts';
import { isTaskId } from './task-id.ts';

/** What a server takes a request for. Two shapes are in use: that of the server itself, and that of the document that its clients were written from. */
export type Classified =
  /** It compiles a plan first, and executes that. */
  | { shape: 'plan'; intent: string | undefined; question: string | undefined; task: string | undefined }
  /** It executes what it said, as it is. */
  | { shape: 'intent'; intent: string | undefined; question: string | undefined; said: object };

/** Names and lists longer than this belong to nobody who means well. */
const mostCreated = 1000;
const longestName = 4096;

const resource = z
  .object({ resource_type: someText, type: someText, name: someText, path: someText })
  .transform(({ resource_type, type, name, path }): RemoteResource | undefined => {
    const called = name ?? path;
    if (called === undefined) return undefined;
    const told = path === undefined ? {} : { path: path.slice(0, longestName) };
    return { type: (resource_type ?? type ?? 'resource').slice(0, longestName), name: called.slice(0, longestName), ...told };
  });

/** Things that were made, by name; what has none is passed over. */
export const createdResources = lenient(z.array(z.unknown())).transform((list = []) =>
  list.slice(0, mostCreated).flatMap((one) => {
    const named = typeof one === 'string' ? { name: one } : one;
    return resource.safeParse(named).data ?? [];
  }),
);

const id = lenient(z.union([z.string(), z.number().transform(String)]).refine(isTaskId));

const classified = z.object({
  success: lenient(z.boolean()),
  error: someText,
  intent_type: someText,
  original_text: someText,
  requires_clarification: lenient(z.boolean()),
  clarification_question: someText,
  result: lenient(z.object({ task_id: id })),
});

const started = z.object({
  success: lenient(z.boolean()),
  error: someText,
  task_id: id,
  id,
  plan_id: id,
  message: someText,
  output: someText,
  app_url: someText,
  stages_completed: lenient(z.union([z.array(z.unknown()), z.number()])),
  created_resources: createdResources,
});

/** A server says in its answer that it could not do what it was asked. The message is its own. */
export class ToldFailure extends Error {}

/** Reads the answer to `classify`. @throws NotUnderstood, ToldFailure. */
export function readClassified(told: unknown): Classified {
  const {
    success,
    error,
    intent_type: intent,
    original_text,
    requires_clarification,
    clarification_question,
    result,
  } = read(classified, told);
  if (success === false) throw new ToldFailure(error ?? 'it gave no reason');
  if (success === undefined && intent === undefined && original_text === undefined) throw new NotUnderstood('neither shape');
  const question = requires_clarification === true ? (clarification_question ?? 'it did not say what') : undefined;
  if (success === undefined) return { shape: 'intent', intent, question, said: told as object };
  return { shape: 'plan', intent, question, task: result?.task_id };
}

/** The id of the plan that was compiled. @throws NotUnderstood, ToldFailure. */
export function readPlan(told: unknown): string {
  const { success, error, plan_id: plan } = read(started, told);
  if (success === false) throw new ToldFailure(error ?? 'it gave no reason');
  if (plan === undefined) throw new NotUnderstood('no plan_id');
  return plan;
}

/** Reads the answer to `execute` and `create`. @throws NotUnderstood, ToldFailure. */
export function readStarted(told: unknown): RemoteBeginning {
  const {
    success,
    error,
    message,
    output,
    app_url: address,
    stages_completed: stages,
    created_resources: created,
    ...ids
  } = read(started, told);
  if (success === false || (success === undefined && error !== undefined)) throw new ToldFailure(error ?? message ?? 'it gave no reason');
  const task = ids.task_id ?? ids.id;
  const isDone = stages !== undefined || address !== undefined || created.length > 0 || output !== undefined;
  if (task === undefined && !isDone && message === undefined) throw new NotUnderstood('neither a task nor a result');
  const result = { text: output ?? message ?? '', created, ...(address === undefined ? {} : { address: address.slice(0, longestName) }) };
  // Beside an id only what says that all is done counts as its end.
  return task === undefined || (stages !== undefined && success === true) ? { result } : { id: task };
}

function read<Schema extends z.ZodType>(schema: Schema, told: unknown): z.infer<Schema> {
  const found = schema.safeParse(told);
  if (found.success) return found.data;
  throw new NotUnderstood(z.prettifyError(found.error));
}
