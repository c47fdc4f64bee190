import type { ActivityCompleted, ActivityKindName, ActivityStarted } from '../../events/activities/activity-kinds.ts';
import type { NativeCall } from '../../events/native-call.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import type { Usage } from '../../events/usage.ts';

/** An error as it is in the journal. */
export type ErrorRecord = EventData<'task.failed'>['error'];
/** Text that was taken back because it only repeated earlier text. */
type ReplyCutRecord = Omit<EventData<'reply.cut'>, 'activity'>;
type PromptProgressRecord = Omit<EventData<'prompt.progress'>, 'activity'>;

/** What a run has sent to one host. */
export interface SentRecord {
  host: string;
  where: EventData<'request.sent'>['where'];
  requests: number;
  /** Of their bodies. */
  bytes: number;
}

/** One request to a server. */
export interface CallRecord {
  /** 1, 2, 3 …; starts at 1 again when a run is continued after a crash. */
  call: number;
  promptTokens?: number | undefined;
  /** How many characters of the reply existed when the call began. */
  continues: number;
  /** The address of the server that got it; present if there are several. */
  server?: string | undefined;
  /** Where it was last sent. Absent: not recorded, or not sent. */
  sentTo?: Pick<SentRecord, 'host' | 'where'> | undefined;
  /** Whether the run was known to record where requests go before it began: without `sentTo` it was then not sent. */
  isWatched?: boolean | undefined;
  /** What it can cost, if somebody is paid for it. */
  price?: Omit<EventData<'call.priced'>, 'activity' | 'call'> | undefined;
  finishReason?: string | undefined;
  usage?: Usage | undefined;
  error?: ErrorRecord | undefined;
  /** It was answered with an error instead of a reply. */
  refused?: true | undefined;
}

/** What is known about every activity. */
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
    /** The file that was asked for, and the faults that were found in the reply. */
    judged?: { path: string; problems: string[] } | undefined;
    /** What is saved so far, or the whole reply. */
    text: string;
    reasoning: string;
    finishReason?: string | undefined;
    /** What it calls natively, in order. Absent: nothing. */
    called?: readonly NativeCall[] | undefined;
    /** Summed over the calls that reported a count. */
    usage?: Usage | undefined;
    calls: CallRecord[];
    /** The task at the server of a team elsewhere that writes it. Absent: a model writes it. */
    remoteTask?: string | undefined;
    /** Where the reply was cut back, in order. Absent if it never was. */
    cuts?: ReplyCutRecord[] | undefined;
    /** The progress of the latest call. */
    promptProgress?: PromptProgressRecord | undefined;
    /** The tokens of the reply so far and the time they took, from the latest delta. */
    replyProgress?: { tokens: number; milliseconds: number } | undefined;
  };

/** An activity of another kind: what it was to do, and once it is completed, its result. */
export type OtherActivityRecord = {
  [Kind in Exclude<ActivityKindName, 'reply'>]: ActivityLife & ActivityStarted<Kind> & { result?: ActivityCompleted<Kind> | undefined };
}[Exclude<ActivityKindName, 'reply'>];

/** One thing that a task did or does, by `kind`. */
export type ActivityRecord = ReplyRecord | OtherActivityRecord;
