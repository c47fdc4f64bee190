import type { RunState, TaskRecord, ActivityRecord } from '../../state/run/run-state.ts';
import type { Report } from '../journal/run-journal.ts';

/**
 * The events that start a new run with the finished tasks of an earlier one: the tasks, their exchanges and their files, in the order of completion. The
 * earlier run is not changed.
 */
export function inheritTasks(state: RunState, tasks: TaskRecord[]): Report[] {
  const order = new Map(state.turnOrder.map((task, index) => [task, index]));
  const byCompletion = tasks.toSorted((a, b) => (order.get(a.task) ?? 0) - (order.get(b.task) ?? 0));
  return [...tasks.map(added), ...byCompletion.flatMap((task) => done(state, task))];
}

function added({
  task,
  kind,
  role,
  taskType,
  description,
  expects,
  dependencies,
  priority,
  number,
  options,
  names,
  private: isPrivate,
  parent,
  place,
  schema,
}: TaskRecord): Report {
  const told = {
    ...(options && { options }),
    ...(names && { names }),
    ...(isPrivate && { private: isPrivate }),
    ...(parent && { parent }),
    ...(place && { place }),
    ...(schema && { schema }),
  };
  return { type: 'task.added', data: { task, kind, role, taskType, description, expects, dependencies, priority, number, ...told } };
}

function done(state: RunState, { task, agent = '', turn, activities, outputs }: TaskRecord): Report[] {
  return [
    { type: 'task.started', data: { task, attempt: 1, agent } },
    ...activities.filter(({ status }) => status === 'completed').flatMap(wasDone),
    ...state.artifacts
      .filter((artifact) => artifact.task === task)
      .map(({ path, bytes, sha256, format, language, range }): Report => ({
        type: 'artifact.written',
        data: { task, path, bytes, sha256, outcome: 'created', format, ...(language === undefined ? {} : { language }), range },
      })),
    ...state.removals
      .filter((removal) => removal.task === task && removal.undone === undefined)
      .map(({ path, sha256, movedTo, format, range }): Report => ({
        type: 'artifact.removed',
        data: { task, path, sha256, ...(movedTo === undefined ? {} : { movedTo }), format, range },
      })),
    { type: 'task.completed', data: { task, turn, ...(outputs && { outputs }) } },
  ];
}

/** Its cost counts in the run that made it. */
function wasDone(record: ActivityRecord): Report[] {
  const { activity, task } = record;
  if (record.kind === 'reply') {
    const { kind, message, turns, text, reasoning, finishReason = 'stop' } = record;
    return [
      { type: 'activity.started', data: { activity, task, kind, message, turns, epoch: 0 } },
      { type: 'activity.completed', data: { activity, kind, text, reasoning, finishReason, usage: {} } },
    ];
  }
  const { status: _status, startedAt: _startedAt, endedAt: _endedAt, error: _error, result, ...started } = record;
  if (result === undefined) return [];
  return [
    { type: 'activity.started', data: started },
    { type: 'activity.completed', data: result },
  ];
}
