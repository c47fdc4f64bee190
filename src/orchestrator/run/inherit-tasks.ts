import { isKeptHere } from '../../state/run/is-kept-here.ts';
import type { ActivityRecord, ArtifactRecord, RemovalRecord, RunState, TaskRecord } from '../../state/run/run-state.ts';
import type { Report } from '../journal/run-journal.ts';

/**
 * The events that start a new run with the finished tasks of an earlier one: the tasks, their exchanges, their files in the order in which they were written, so
 * that the same versions stand, and their ends in the order of completion. The earlier run is not changed.
 */
export function inheritTasks(state: RunState, tasks: TaskRecord[]): Report[] {
  const order = new Map(state.turnOrder.map((task, index) => [task, index]));
  const byCompletion = tasks.toSorted((a, b) => (order.get(a.task) ?? 0) - (order.get(b.task) ?? 0));
  return [
    ...tasks.map((task) => added(state, task)),
    ...byCompletion.flatMap(begun),
    ...filesOf(state, tasks),
    ...byCompletion.map(completed),
  ];
}

/** With all that its step says, so that it can be done again in the new run as in the earlier one. What made it private need not come along. */
function added(state: RunState, record: TaskRecord): Report {
  const { task, kind, role, taskType, expects, dependencies, priority, number } = record;
  const { description, instructions, options } = { ...record, ...record.asWritten };
  const { orText, model, schema, verify, mostAttempts, calls, when, retries, timeoutSeconds, namedOutputs, context, sampling } = record;
  const { names, memory, parent, place } = record;
  const isPrivate = isKeptHere(state, task) ? true : undefined;
  const rules = { orText, model, schema, verify, mostAttempts, calls, when, retries, timeoutSeconds, namedOutputs, context, sampling };
  const told = { options, instructions, ...rules, private: isPrivate, names, memory, parent, place };
  const given = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  return { type: 'task.added', data: { task, kind, role, taskType, description, expects, dependencies, priority, number, ...given } };
}

/** What its texts had become. */
function filledIn({ asWritten, description, instructions, options }: TaskRecord) {
  if (asWritten === undefined) return {};
  return { filled: { description, ...(instructions !== undefined && { instructions }), ...(options !== undefined && { options }) } };
}

function begun(record: TaskRecord): Report[] {
  const { task, agent = '', activities } = record;
  return [
    { type: 'task.started', data: { task, attempt: 1, agent, ...filledIn(record) } },
    ...activities.filter(({ status }) => status === 'completed').flatMap(wasDone),
  ];
}

/** Tasks that joined the run for one another have written the same files in turn. What was undone is not taken over. */
function filesOf({ artifacts, removals }: RunState, tasks: readonly TaskRecord[]): Report[] {
  const taken = new Set(tasks.map(({ task }) => task));
  return [...artifacts, ...removals]
    .filter(({ task, undone }) => undone === undefined && taken.has(task))
    .toSorted((a, b) => a.sequence - b.sequence)
    .map(takenOver);
}

function takenOver(version: ArtifactRecord | RemovalRecord): Report {
  const { task, path, sha256, format, range } = version;
  if (!('bytes' in version)) {
    const moved = version.movedTo === undefined ? {} : { movedTo: version.movedTo };
    return { type: 'artifact.removed', data: { task, path, sha256, ...moved, format, range } };
  }
  const { bytes, language } = version;
  const written = { task, path, bytes, sha256, outcome: 'created' as const, format, range };
  return { type: 'artifact.written', data: language === undefined ? written : { ...written, language } };
}

function completed({ task, turn, because, outputs }: TaskRecord): Report {
  return { type: 'task.completed', data: { task, turn, ...(because !== undefined && { because }), ...(outputs && { outputs }) } };
}

/** Its cost counts in the run that made it. */
function wasDone(record: ActivityRecord): Report[] {
  const { activity, task } = record;
  if (record.kind === 'reply') {
    const { kind, message, results, calling, turns, text, reasoning, called, finishReason = 'stop' } = record;
    return [
      { type: 'activity.started', data: { activity, task, kind, message, results, calling, turns, epoch: 0 } },
      { type: 'activity.completed', data: { activity, kind, text, reasoning, called: called && [...called], finishReason, usage: {} } },
    ];
  }
  const { status: _status, startedAt: _startedAt, endedAt: _endedAt, error: _error, result, ...started } = record;
  if (result === undefined) return [];
  return [
    { type: 'activity.started', data: started },
    { type: 'activity.completed', data: result },
  ];
}
