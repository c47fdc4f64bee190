import { isDeepStrictEqual } from 'node:util';
import type { ActivityCompleted, ActivityKindName, ActivityStarted } from '../../events/activities/activity-kinds.ts';
import type { OtherActivityRecord, TaskRecord } from '../../state/run/run-state.ts';
import type { Durability } from '../../state/store/event-store.ts';
import type { TaskAssignment } from '../task-executor.ts';

/** Kinds that are done in one go. Replies arrive bit by bit, and are kept so. */
type Kind = Exclude<ActivityKindName, 'reply'>;
type Bare<Data> = Omit<Data, 'activity' | 'task' | 'kind'>;

export interface PerformActivityOptions<Of extends Kind> {
  task: TaskRecord;
  record: TaskAssignment['record'];
  kind: Of;
  /** What it is to do. */
  started: Bare<ActivityStarted<Of>>;
  /** Does it. What it throws is passed on, and the activity stays unfinished: it is done anew when the task goes on. */
  work: () => Promise<Bare<ActivityCompleted<Of>>>;
  /** Whether what is recorded still holds; what does not is done anew. Default: it does. */
  holds?: ((result: Bare<ActivityCompleted<Of>>) => boolean) | undefined;
  /** Default: `full`. */
  durability?: Durability | undefined;
}

/**
 * Does one activity of a task and records it. One that is completed in the journal is answered from there and not done again.
 */
export async function performActivity<Of extends Kind>({
  task,
  record,
  kind,
  started,
  work,
  holds = () => true,
  durability,
}: PerformActivityOptions<Of>): Promise<Bare<ActivityCompleted<Of>>> {
  const current = task.activities.slice(task.superseded).filter((known) => known.kind === kind);
  const same = current.findLast((known) => isDeepStrictEqual(bare(known as OtherActivityRecord), { ...started }));
  const recorded = same?.kind === kind && 'result' in same ? (same.result as Bare<ActivityCompleted<Of>> | undefined) : undefined;
  if (recorded !== undefined && holds(recorded)) return recorded;
  const unfinished = recorded === undefined ? same?.activity : undefined;
  const activity = unfinished ?? `${task.task}/${task.activities.length + 1}`;
  await record(
    [{ type: 'activity.started', data: { ...started, activity, task: task.task, kind } as unknown as ActivityStarted }],
    durability,
  );
  const result = await work();
  await record([{ type: 'activity.completed', data: { ...result, activity, kind } as unknown as ActivityCompleted }], durability);
  return result;
}

/** What an activity was to do, without what became of it. */
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
