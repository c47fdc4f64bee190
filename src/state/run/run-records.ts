import type { Usage } from '../../events/usage.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import type { TurnEntry } from '../../events/task-events.ts';
import type { ActivityRecord, ErrorRecord, SentRecord } from './activity-records.ts';

export type * from './activity-records.ts';

type Started = EventData<'run.started'>;
type Added = EventData<'task.added'>;

/** When something was recorded, and by which event. */
interface RecordedAt {
  /** Milliseconds since 1970. */
  time: number;
  /** The event's sequence in the run's stream. */
  sequence: number;
}

/** The status of a task. `waiting`: for a time, or for something to wake it. */
export type TaskStatus = 'pending' | 'running' | 'waiting' | 'completed' | 'failed' | 'skipped' | 'cancelled';

/** What a task has asked a person, and what was decided. */
export type QuestionRecord = Omit<EventData<'task.asked'>, 'task'> & RecordedAt & { decided?: DecisionRecord | undefined };
/** A decision of a person, or of the time that has passed. */
export type DecisionRecord = Omit<EventData<'task.decided'>, 'task'> & RecordedAt;

/** Everything that is known about a task. Times are milliseconds since 1970. */
export interface TaskRecord {
  task: string;
  kind: string;
  role: string;
  taskType: string;
  description: string;
  expects: Added['expects'];
  /** Where its reply has no files, its text is the result. */
  orText?: boolean | undefined;
  dependencies: string[];
  priority: number;
  number: number;
  status: TaskStatus;
  /** The agent that works on it, or did last. */
  agent?: string | undefined;
  /** The model that its step names. */
  model?: string | undefined;
  /** The model that it asked last, by its name in the settings. Absent: the model of the whole run. */
  askedModel?: string | undefined;
  /** The JSON Schema that its reply has to meet. */
  schema?: Added['schema'];
  /** What its step says of checking what it writes: a command, or `off`. */
  verify?: string | undefined;
  /** What its step says of how often what it writes is written at most. */
  mostAttempts?: number | undefined;
  /** What its agent may call, and how often at most. */
  calls?: Added['calls'];
  /** It was to call natively, and calls in its text: why. */
  callsInText?: string | undefined;
  createdAt: number;
  /** The start of the first attempt since it was last requested. */
  startedAt?: number | undefined;
  /** The time since then during which the run was paused. */
  pausedMilliseconds: number;
  /** When it ended, however it ended. */
  completedAt?: number | undefined;
  /** How many attempts have begun. */
  attempts: number;
  waiting?: Omit<EventData<'task.waiting'>, 'task'> | undefined;
  /** Its turn so far, where it let other tasks join the run before it was completed. */
  said?: TurnEntry[] | undefined;
  /** How many of the tasks that joined the run for it, from the first on, no longer count: it was begun anew after them. Absent: none. */
  setAside?: number | undefined;
  /** What its kind wanted to know when it is called again. */
  memory?: unknown;
  /** What last woke it, until it waits again. */
  woken?: Omit<EventData<'task.woken'>, 'task'> | { by: 'decision'; signal?: undefined } | undefined;
  /** What it has asked a person last, since it was last requested. */
  question?: QuestionRecord | undefined;
  /** What was decided about it, oldest first, also before it was last requested. */
  decisions?: DecisionRecord[] | undefined;
  /** The further options for its kind. */
  options?: Added['options'];
  /** The condition of its step. */
  when?: string | undefined;
  /** How often it is tried again. Absent: as the settings say. */
  retries?: number | undefined;
  /** How long one try may take. Absent: as the settings say. */
  timeoutSeconds?: number | undefined;
  /** The expressions of its named outputs. */
  namedOutputs?: Record<string, string> | undefined;
  /** Its turn is shown to nobody. */
  private?: boolean | undefined;
  /** Which earlier steps its agent is shown. Absent: all. */
  context?: Added['context'];
  /** What is asked beside the instructions of its role and type of task. */
  instructions?: string | undefined;
  /** How its replies are sampled, above the settings. */
  sampling?: Added['sampling'];
  /** Its texts as its step has them, where `{{ … }}` in them was worked out. */
  asWritten?: Pick<TaskRecord, 'description' | 'instructions' | 'options'> | undefined;
  /** What its expressions and those of its inner steps may name beside what all may. */
  names?: Record<string, unknown> | undefined;
  /** The task that it joined the run for. */
  parent?: string | undefined;
  place?: Added['place'];
  /** Its outputs, by name. */
  outputs?: Record<string, unknown> | undefined;
  error?: ErrorRecord | undefined;
  skipped?: { reason: EventData<'task.skipped'>['reason']; because: string } | undefined;
  /** What it adds to the conversation for later tasks. */
  turn?: TurnEntry[] | undefined;
  /** When a person took it back. */
  takenBack?: number | undefined;
  /** What people have changed of what it gave, oldest first. Absent: nothing. */
  edited?: TaskEditRecord[] | undefined;
  /** Why there was nothing to do. */
  because?: string | undefined;
  activities: ActivityRecord[];
  /** It has created or changed a file since it was last requested. */
  changedFiles: boolean;
  /** How many of the activities, from the first on, belong to earlier tries: they are kept, but no longer count for the task. */
  superseded: number;
}

/** One version of a file. A path may have several; the last one is on disk. */
export type ArtifactRecord = EventData<'artifact.written'> &
  RecordedAt & {
    /** Absent: not checked. */
    check?: Omit<EventData<'artifact.checked'>, 'task' | 'path' | 'sha256'> | undefined;
    /** A person has taken it back: it no longer counts. */
    undone?: RecordedAt | undefined;
  };
/** A file that a task deleted or moved. */
export type RemovalRecord = EventData<'artifact.removed'> & RecordedAt & { undone?: RecordedAt | undefined };
/** A block that was to become a file but did not. */
export type RefusalRecord = EventData<'artifact.refused'> & RecordedAt;
/** What was mended in a file when it was written. */
export type MendRecord = EventData<'artifact.mended'> & RecordedAt;
/** Two contents for one path. */
export type CollisionRecord = EventData<'artifact.collided'> & RecordedAt;
/** A file that is no longer what the run wrote. */
export type EditRecord = EventData<'artifact.edited'> & RecordedAt;
/** A command, a person's own or a step's, that ran on the files, and its result. */
export type CheckRecord = EventData<'check.finished'> & RecordedAt;
/** The result of the requirement's examples for a version of the programs. */
export type ExamplesRecord = EventData<'examples.tried'> & RecordedAt;
/** What a person has told the team. */
export type RemarkRecord = EventData<'person.said'> & RecordedAt;
/** What a person has changed of what a step gave. */
export type TaskEditRecord = Omit<EventData<'task.edited'>, 'task' | 'turn'> & RecordedAt;
/** A message from one agent to another. */
export type MessageRecord = EventData<'message.sent'> & RecordedAt;
/** A model that stood in for another one. */
export type FallbackRecord = EventData<'model.fell_back'> & RecordedAt;
/** Replies that are digests from here on. */
export type CutRecord = EventData<'transcript.cut'> & RecordedAt;

/**
 * `interrupted`: it was stopped and can be resumed. `waiting`: all remaining tasks wait, and nobody works on it. A run whose owner died is `running` here; the
 * difference is that nobody holds its lease.
 */
export type RunStatus = 'running' | 'waiting' | 'interrupted' | 'completed' | 'failed' | 'cancelled';

/** Everything that is known about a run: the fold of its stream. Times are milliseconds since 1970. */
export interface RunState {
  run: string;
  workflow: string;
  definition: Started['definition'];
  input: Started['input'];
  context: Started['context'];
  model: Started['model'];
  /** With several models: each by its name in the settings, as it was last asked. */
  models?: Started['models'];
  /** What it has chosen for those who name no model. Absent: nothing. */
  routed?: EventData<'model.routed'> | undefined;
  /** The later models that it continued with, each time that it changed. */
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
  /** What a `waiting` run waits for. */
  waiting?: Omit<EventData<'run.waiting'>, 'tasks'> | undefined;
  /** When somebody was last known to work on it. */
  workedUntil: number;
  /** The time during which nobody worked on it, between its start and its last event. */
  pausedMilliseconds: number;
  error?: ErrorRecord | undefined;
  /** By id, in step order; tasks with the same number in the order in which they were added. */
  tasks: Map<string, TaskRecord>;
  /** The direct dependents of each task, by its id, in the order in which they were added. */
  dependents: Map<string, string[]>;
  /** The tasks that joined the run for a task, by its id, in the order in which they were added. */
  children: Map<string, string[]>;
  /** Tasks whose turn can stand in the transcripts of others, in the order in which they were completed. */
  turnOrder: string[];
  /** The same records as in the tasks, by id. */
  activities: Map<string, ActivityRecord>;
  /** Every version of every file, oldest first. */
  artifacts: ArtifactRecord[];
  /** What tasks deleted or moved, oldest first. */
  removals: RemovalRecord[];
  refusals: RefusalRecord[];
  /** What was mended in files without a model. */
  mends: MendRecord[];
  collisions: CollisionRecord[];
  /** Files that were found changed when the run was last resumed. */
  edits: EditRecord[];
  /** Commands that were run on the files, oldest first. */
  checks: CheckRecord[];
  examples: ExamplesRecord[];
  /** What was sent where, as far as it was recorded, in the order of the first time. */
  sent: SentRecord[];
  messages: MessageRecord[];
  /** What people have told the team since it began, oldest first. */
  remarks: RemarkRecord[];
  /** Somebody has it pause: no step begins. Absent: nobody has, or it was resumed since. */
  held?: (EventData<'run.held'> & RecordedAt) | undefined;
  /** Each time that a model stood in for another one. */
  fallbacks: FallbackRecord[];
  /** What a person has pinned since it began. Absent: nothing was changed. */
  pins?: string[] | undefined;
  /** What it may cost, in billionths of a US dollar, by its settings and by whoever resumed it last. Absent: no limit. */
  budget?: number | undefined;
  /** What it was thought to cost when it began. Absent: nothing, or it was not thought of. */
  estimate?: EventData<'run.estimated'> | undefined;
  contextTokens?: number | undefined;
  /** The most tokens of each task's reply, by task. */
  replyCaps: Record<string, number>;
  /** `number` is 0 until something is cut. `digests` are the current ones, by the task whose reply they replace. */
  epoch: { number: number; digests: Map<string, string>; cuts: CutRecord[] };
  /** What the server read ahead of the tasks that begin with it, and whether it made copies for branches. */
  prepared: { usage: Usage; copies: 'kept' | 'none' };
  /** The numbers of the signals that have woken a task. */
  takenSignals: Set<number>;
  /** Events of its stream that this program does not know. */
  unknownEvents: { type: string; version: number; sequence: number }[];
  /** The highest number of a task so far. */
  lastNumber: number;
  lastSequence: number;
}
