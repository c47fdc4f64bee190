import { z } from 'zod';
import { errorSchema } from '../error-schema.ts';
import { commandActivity } from './command-activity.ts';
import { installActivity } from './install-activity.ts';
import { readActivity } from './read-activity.ts';
import { replyActivity } from './reply-activity.ts';
import { toolActivity } from './tool-activity.ts';

/** Every kind of activity that this program knows. */
export const activityKinds = [replyActivity, commandActivity, installActivity, readActivity, toolActivity] as const;

type Kinds = (typeof activityKinds)[number];
/** The names of the kinds. */
export type ActivityKindName = Kinds['name'];
type KindOf<Name extends ActivityKindName> = Extract<Kinds, { name: Name }>;
type Name<Kind extends ActivityKindName> = { kind: Kind };

/** What is recorded when an activity begins. */
export type ActivityStarted<Kind extends ActivityKindName = ActivityKindName> = {
  [Each in Kind]: Name<Each> & { activity: string; task: string } & z.infer<KindOf<Each>['started']>;
}[Kind];

/** What is recorded when it has ended. */
export type ActivityCompleted<Kind extends ActivityKindName = ActivityKindName> = {
  [Each in Kind]: Name<Each> & { activity: string } & z.infer<KindOf<Each>['completed']>;
}[Kind];

const activity = z.string();

/** The data of the events with which every activity begins and ends. */
export const activitySchemas = {
  started: unionOf<ActivityStarted>(({ name, started }) => ({ activity, task: z.string(), kind: z.literal(name), ...started.shape })),
  completed: unionOf<ActivityCompleted>(({ name, completed }) => ({ activity, kind: z.literal(name), ...completed.shape })),
  /** `text`: what had arrived by then, if it is a text. */
  failed: z.object({ activity, kind: z.enum(activityKinds.map(({ name }) => name)), error: errorSchema, text: z.string().optional() }),
};

const names: ReadonlySet<unknown> = new Set(activityKinds.map(({ name }) => name));

/** Whether the data of such an event is of a kind that this program knows. */
export function isKnownActivity(data: unknown): boolean {
  return names.has((data as { kind?: unknown } | null)?.kind);
}

/** Schemas that are combined in a loop lose their types, so they are given here. */
function unionOf<Data extends Record<string, unknown>>(shapeOf: (kind: Kinds) => z.ZodRawShape): z.ZodType<Data> {
  const [first, ...others] = activityKinds.map((kind) => z.object(shapeOf(kind)));
  if (first === undefined) throw new TypeError('there is no kind of activity');
  return z.discriminatedUnion('kind', [first, ...others] as never);
}
