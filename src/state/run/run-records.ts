import type { ActivityCompleted, ActivityKindName, ActivityStarted } from '../../events/activities/activity-kinds.ts';
import type { Usage } from '../../events/usage.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import type { TurnEntry } from '../../events/task-events.ts';

type Started = EventData<'run.started'>;
type Added = EventData<'task.added'>;
/** An error as the journal holds it. */
export type ErrorRecord = EventData<'task.failed'>['error'];
/** Text that was taken back because it only repeated what stood there. */
type ReplyCutRecord = Omit<EventData<'reply.cut'>, 'activity'>;
type PromptProgressRecord = Omit<EventData<'prompt.progress'>, 'activity'>;

/** When something was recorded, and by which event. */
interface RecordedAt {
  /** Milliseconds since 1970. */
  time: number;
  /** Of the event, within the run's stream. */
  sequence: number;
}

/** One request to a server. */
export interface CallRecord {
  /** 1, 2, 3 …; begins again at 1 when a run is continued after a crash. */
  call: number;
  promptTokens?: number | undefined;
  /** Characters of the reply that were there already when the call began. */
  continues: number;
  /** The address of the server that it went to; told where there are several. */
  server?: string | undefined;
  finishReason?: string | undefined;
  usage?: Usage | undefined;
  error?: ErrorRecord | undefined;
}

/** What is known of every activity. */
interface ActivityLife {
  status: 'started' | 'completed' | 'failed';
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt?: number | undefined;
  error?: ErrorRecord | undefined;
}

/** One message of the team, answered by one reply over one or more calls. */
export type ReplyRecord = ActivityLife &
  ActivityStarted<'reply'> & {
    /** The file that was asked for, and what was found wrong with what came. */
    judged?: { path: string; problems: string[] } | undefined;
    /** What is saved so far, or the whole reply. */
    text: string;
    reasoning: string;
    finishReason?: string | undefined;
    /** Summed over the calls; of calls that did not tell a count, only those that did are in it. */
    usage?: Usage | undefined;
    calls: CallRecord[];
    /** Where the reply was cut back, in order; absent where it never was. */
    cuts?: ReplyCutRecord[] | undefined;
    /** Of the latest call. */
    promptProgress?: PromptProgressRecord | undefined;
    /** Tokens of the reply so far and the time they took, as the latest delta tells. */
    replyProgress?: { tokens: number; milliseconds: number } | undefined;
  };

/** An activity of another kind: what it was to do, and once it is completed what came of it. */
export type OtherActivityRecord = {
  [Kind in Exclude<ActivityKindName, 'reply'>]: ActivityLife & ActivityStarted<Kind> & { result?: ActivityCompleted<Kind> | undefined };
}[Exclude<ActivityKindName, 'reply'>];

/** One thing that a task did or does, told apart by `kind`. */
export type ActivityRecord = ReplyRecord | OtherActivityRecord;

/** Where a task stands. `waiting`: for a time, or for something to wake it. */
export type TaskStatus = 'pending' | 'running' | 'waiting' | 'completed' | 'failed' | 'skipped' | 'cancelled';

/** Everything that is known of a task. Times are milliseconds since 1970. */
export interface TaskRecord {
  task: string;
  kind: string;
  role: string;
  taskType: string;
  description: string;
  expects: Added['expects'];
  dependencies: string[];
  priority: number;
  number: number;
  status: TaskStatus;
  /** Who works on it, or did last. */
  agent?: string | undefined;
  /** The model that its step names. */
  model?: string | undefined;
  /** The model that it asked last, as the settings call it; absent: the one of the whole run. */
  askedModel?: string | undefined;
  createdAt: number;
  /** Of the first attempt since it was last asked for. */
  startedAt?: number | undefined;
  /** Since then, while the run stood still. */
  pausedMilliseconds: number;
  /** When it came to its end, whichever end that was. */
  completedAt?: number | undefined;
  /** How many have begun. */
  attempts: number;
  waiting?: Omit<EventData<'task.waiting'>, 'task'> | undefined;
  /** What woke it the last time, until it waits again. */
  woken?: Omit<EventData<'task.woken'>, 'task'> | undefined;
  /** What its kind was told, beside what stands here. */
  options?: Added['options'];
  /** The task that it joined the run for. */
  parent?: string | undefined;
  place?: Added['place'];
  /** What it found out, by name. */
  outputs?: Record<string, unknown> | undefined;
  error?: ErrorRecord | undefined;
  skipped?: { reason: EventData<'task.skipped'>['reason']; because: string } | undefined;
  /** What it adds to the conversation for those who come after. */
  turn?: TurnEntry[] | undefined;
  /** Why there was nothing to do. */
  because?: string | undefined;
  activities: ActivityRecord[];
  /** It has made or changed a file since it was last asked for. */
  changedFiles: boolean;
  /** How many of the activities, from the first on, belong to earlier tries: they are kept, and no longer answer for the task. */
  superseded: number;
}

/** One version of a file. A path may have several; the last one stands on disk. */
export type ArtifactRecord = EventData<'artifact.written'> &
  RecordedAt & {
    /** Absent: not checked. */
    check?: Omit<EventData<'artifact.checked'>, 'task' | 'path' | 'sha256'> | undefined;
    /** A person has taken it back: it counts no longer. */
    undone?: RecordedAt | undefined;
  };
/** A file that a task deleted or moved. */
export type RemovalRecord = EventData<'artifact.removed'> & RecordedAt & { undone?: RecordedAt | undefined };
/** A block that was to be a file and is none. */
export type RefusalRecord = EventData<'artifact.refused'> & RecordedAt;
/** What was mended in a file as it was written. */
export type MendRecord = EventData<'artifact.mended'> & RecordedAt;
/** Two contents for one path. */
export type CollisionRecord = EventData<'artifact.collided'> & RecordedAt;
/** A file that is no longer what the run wrote. */
export type EditRecord = EventData<'artifact.edited'> & RecordedAt;
/** A command that ran on the files, a person's own or a step's, and what came of it. */
export type CheckRecord = EventData<'check.finished'> & RecordedAt;
/** What the requirement's examples said of a version of the programs. */
export type ExamplesRecord = EventData<'examples.tried'> & RecordedAt;
/** What one agent told another. */
export type MessageRecord = EventData<'message.sent'> & RecordedAt;
/** Replies that stand as digests from here on. */
export type CutRecord = EventData<'transcript.cut'> & RecordedAt;

/** `interrupted`: it was stopped and can go on. `waiting`: all that is left of it waits, and nobody works on it. A run whose owner died is `running` here; that nobody holds its lease tells the difference. */
export type RunStatus = 'running' | 'waiting' | 'interrupted' | 'completed' | 'failed' | 'cancelled';

/** Everything that is known of a run: the fold of its stream. */
export interface RunState {
  run: string;
  workflow: string;
  definition: Started['definition'];
  input: Started['input'];
  context: Started['context'];
  model: Started['model'];
  /** Where there are several: each by its name in the settings, as it was asked last. */
  models?: Started['models'];
  /** What it went on with since, each time that it was something else. */
  laterModels: Started['model'][];
  transcript: Started['transcript'];
  maxParallel: number;
  output: string;
  productVersion: string;
  settings?: Started['settings'];
  preamble?: string | undefined;
  inherits?: Started['inherits'];
  status: RunStatus;
  startedAt: number;
  finishedAt?: number | undefined;
  /** What a run with the status `waiting` waits for. */
  waiting?: Omit<EventData<'run.waiting'>, 'tasks'> | undefined;
  /** When somebody was last known to work on it. */
  workedUntil: number;
  /** While nobody worked on it, between its start and what is known last. */
  pausedMilliseconds: number;
  error?: ErrorRecord | undefined;
  /** By id, in step order; tasks of one number in the order they were added. */
  tasks: Map<string, TaskRecord>;
  /** Who rests on a task directly, by its name, in the order in which they were added. */
  dependents: Map<string, string[]>;
  /** Tasks whose turn can stand in the transcripts of others, in the order in which they were completed. */
  turnOrder: string[];
  /** The same records as in their tasks, by id. */
  activities: Map<string, ActivityRecord>;
  /** Every version of every file, oldest first. */
  artifacts: ArtifactRecord[];
  /** What tasks deleted or moved, oldest first. */
  removals: RemovalRecord[];
  refusals: RefusalRecord[];
  /** What was mended in files without a model. */
  mends: MendRecord[];
  collisions: CollisionRecord[];
  /** What was found changed when the run last went on. */
  edits: EditRecord[];
  /** Commands that were run on the files, oldest first. */
  checks: CheckRecord[];
  examples: ExamplesRecord[];
  messages: MessageRecord[];
  contextTokens?: number | undefined;
  /** Tokens that each task's reply may have, by task. */
  replyCaps: Record<string, number>;
  /** `number` is 0 until something is cut. `digests` are those in force, by the task whose reply they stand for. */
  epoch: { number: number; digests: Map<string, string>; cuts: CutRecord[] };
  /** What the server read before the tasks that begin with it, and whether it made copies for branches. */
  prepared: { usage: Usage; copies: 'kept' | 'none' };
  /** The numbers of the signals that have woken a task. */
  takenSignals: Set<number>;
  /** What stands in its stream that this program does not know. */
  unknownEvents: { type: string; version: number; sequence: number }[];
  /** The highest number of a task so far. */
  lastNumber: number;
  lastSequence: number;
}
