import { isDeepStrictEqual } from 'node:util';
import type { ActivityCompleted, ActivityKindName, ActivityStarted } from '../../events/activities/activity-kinds.ts';
import type { OtherActivityRecord, TaskRecord } from '../../state/run/run-state.ts';
import type { Durability } from '../../state/store/event-store.ts';
import type { TaskAssignment } from '../task-executor.ts';

/** Kinds that finish in one go. A reply arrives piece by piece and is recorded that way. */
type Kind = Exclude<ActivityKindName, 'reply'>;
type Bare<Data> = Omit<Data, 'activity' | 'task' | 'kind'>;

export interface PerformActivityOptions<Of extends Kind> {
  task: TaskRecord;
  record: TaskAssignment['record'];
  kind: Of;
  /** Its id, where its place among the task's activities is known: the same work at another place is another activity. Default: whichever is next. */
  activity?: string | undefined;
  /** What it is to do. */
  started: Bare<ActivityStarted<Of>>;
  /** Does it. An error is passed on and leaves the activity unfinished: it is repeated when the task continues. */
  work: () => Promise<Bare<ActivityCompleted<Of>>>;
  /** Whether the recorded result still holds; if not, the activity is repeated. Default: it holds. */
  holds?: ((result: Bare<ActivityCompleted<Of>>) => boolean) | undefined;
  /** Default: `full`. */
  durability?: Durability | undefined;
}

/**
 * Performs one activity of a task and records it. An activity that the journal shows as completed is answered from there and not repeated.
 */
export async function performActivity<Of extends Kind>({
  task,
  record,
  kind,
  activity: id,
  started,
  work,
  holds = () => true,
  durability,
}: PerformActivityOptions<Of>): Promise<Bare<ActivityCompleted<Of>>> {
  const current = task.activities
    .slice(task.superseded)
    .filter((known) => known.kind === kind && (id === undefined || known.activity === id));
  const same = current.findLast((known) => isDeepStrictEqual(bare(known as OtherActivityRecord), { ...started }));
  const recorded = same?.kind === kind && 'result' in same ? (same.result as Bare<ActivityCompleted<Of>> | undefined) : undefined;
  if (recorded !== undefined && holds(recorded)) return recorded;
  const unfinished = recorded === undefined ? same?.activity : undefined;
  const activity = id ?? unfinished ?? `${task.task}/${task.activities.length + 1}`;
  await record(
    [{ type: 'activity.started', data: { ...started, activity, task: task.task, kind } as unknown as ActivityStarted }],
    durability,
  );
  const result = await work();
  await record([{ type: 'activity.completed', data: { ...result, activity, kind } as unknown as ActivityCompleted }], durability);
  return result;
}

/** What an activity was asked to do, without its outcome. */
function bare(known: OtherActivityRecord): object {
  const {
    activity: _activity,
    task: _task,
    kind: _kind,
    status: _status,
    startedAt: _startedAt,
    endedAt: _endedAt,
    error: _error,
    ...others
  } = known;
  const { result: _result, ...started } = others;
  return started;
}
