import type { EventOf, JournalEvent } from '../../events/run-stream-events.ts';
import { inconsistentHistory } from './history-errors.ts';
import type { RunState, TaskRecord } from './run-records.ts';

export type TaskEvent = Extract<JournalEvent, { type: `task.${string}` }>;

/** Changes `state`. See `applyEvent`. */
export function applyTaskEvent(state: RunState, event: TaskEvent): void {
  if (event.type === 'task.added') {
    addTask(state, event);
    return;
  }
  const task = taskOf(state, event, event.data.task);
  if (event.type === 'task.asked') {
    const { task: _, ...asked } = event.data;
    task.question = { ...asked, time: event.time, sequence: event.sequence };
    return;
  }
  if (event.type === 'task.decided') {
    decide(task, event);
    return;
  }
  if (event.type === 'task.taken_back') {
    task.takenBack ??= event.time;
    return;
  }
  if (event.type === 'task.edited') {
    edit(state, task, event);
    return;
  }
  if (event.type === 'task.calls_in_text') {
    task.callsInText = event.data.why;
    return;
  }
  delete task.waiting;
  switch (event.type) {
    case 'task.started':
      task.status = 'running';
      task.agent = event.data.agent;
      if (event.data.filled !== undefined) {
        const { description, instructions, options } = task;
        task.asWritten ??= { description, instructions, options };
        Object.assign(task, event.data.filled);
      }
      if (event.data.model !== undefined) task.askedModel = event.data.model;
      task.attempts = event.data.attempt;
      task.startedAt ??= event.time;
      clearEnd(state, task);
      return;
    case 'task.waiting': {
      const { task: _, ...waiting } = event.data;
      task.status = 'waiting';
      task.waiting = waiting;
      if (waiting.turn !== undefined) task.said = waiting.turn;
      if (waiting.memory !== undefined) task.memory = waiting.memory;
      delete task.woken;
      return;
    }
    case 'task.woken': {
      const { task: _, ...woken } = event.data;
      task.status = 'pending';
      task.woken = woken;
      if (woken.signal !== undefined) state.takenSignals.add(woken.signal.number);
      return;
    }
    case 'task.completed':
      task.status = 'completed';
      task.completedAt = event.time;
      if (event.data.because !== undefined) task.because = event.data.because;
      if (event.data.outputs !== undefined) task.outputs = event.data.outputs;
      if (event.data.turn !== undefined) {
        task.turn = event.data.turn;
        if (task.private !== true) state.turnOrder.push(task.task);
      }
      return;
    case 'task.failed':
      task.status = 'failed';
      task.completedAt = event.time;
      task.error = event.data.error;
      return;
    case 'task.skipped':
      task.status = 'skipped';
      task.completedAt = event.time;
      task.skipped = { reason: event.data.reason, because: event.data.because };
      return;
    case 'task.reopened':
      task.status = 'pending';
      // An interrupted task continues with its current attempt.
      if (event.data.reason === 'interrupted') {
        task.attempts = Math.max(0, task.attempts - 1);
        if (task.completedAt !== undefined) task.pausedMilliseconds += Math.max(0, event.time - task.completedAt);
      } else {
        task.attempts = 0;
        task.superseded = task.activities.length;
        task.changedFiles = false;
        delete task.startedAt;
        delete task.callsInText;
        delete task.woken;
        // A task that others joined the run for may only wait for these again; what it says itself anew takes the place of this.
        if (state.children.has(task.task)) task.said ??= task.turn;
        else delete task.said;
        delete task.question;
        task.pausedMilliseconds = 0;
      }
      if (event.data.anew === true) {
        task.setAside = state.children.get(task.task)?.length ?? 0;
        delete task.memory;
        delete task.said;
      }
      clearEnd(state, task);
      return;
    case 'task.cancelled':
      task.status = 'cancelled';
      task.completedAt = event.time;
  }
}

/** @throws MultiagentError `journal.inconsistent` if no such task was added. */
export function taskOf(state: RunState, event: JournalEvent, id: string): TaskRecord {
  const task = state.tasks.get(id);
  if (task === undefined) throw inconsistentHistory(event, `there is no task "${id}"`);
  return task;
}

/** A waiting task is woken by it. One that decides for itself, because the time has passed, is at work. */
function decide(task: TaskRecord, event: EventOf<'task.decided'>): void {
  const { task: _, ...data } = event.data;
  const decided = { ...data, time: event.time, sequence: event.sequence };
  if (task.question?.sequence !== decided.asked || task.question.decided !== undefined)
    throw inconsistentHistory(event, `"${task.task}" has not asked for this, or it was decided before`);
  task.question.decided = decided;
  task.decisions = [...(task.decisions ?? []), decided];
  if (task.status !== 'waiting') return;
  delete task.waiting;
  task.status = 'pending';
  task.woken = { by: 'decision' };
}

/** What a person wrote stands whole also where the model's reply had become a digest. */
function edit({ epoch }: RunState, task: TaskRecord, event: EventOf<'task.edited'>): void {
  const { task: _, turn, ...edited } = event.data;
  if (task.turn === undefined) throw inconsistentHistory(event, `"${task.task}" has said nothing`);
  task.turn = turn;
  task.edited = [...(task.edited ?? []), { ...edited, time: event.time, sequence: event.sequence }];
  epoch.digests.delete(task.task);
}

function addTask(state: RunState, event: EventOf<'task.added'>): void {
  const { data, time } = event;
  if (state.tasks.has(data.task)) throw inconsistentHistory(event, `the task "${data.task}" is there already`);
  // A whole is there before its parts, so that whoever goes from a part to its whole comes to an end.
  if (data.parent === data.task || state.children.has(data.task))
    throw inconsistentHistory(event, `parts of "${data.task}" were there before it`);
  state.tasks.set(data.task, {
    ...data,
    status: 'pending',
    createdAt: time,
    attempts: 0,
    pausedMilliseconds: 0,
    changedFiles: false,
    superseded: 0,
    activities: [],
  });
  for (const name of new Set(data.dependencies)) addTo(state.dependents, name, data.task);
  if (data.parent !== undefined) addTo(state.children, data.parent, data.task);
  if (data.number < state.lastNumber) {
    // Rare: a task that belongs between others, such as one of a loop.
    state.tasks = new Map([...state.tasks].toSorted(([, a], [, b]) => a.number - b.number));
  }
  state.lastNumber = Math.max(state.lastNumber, data.number);
}

function addTo(lists: Map<string, string[]>, name: string, task: string): void {
  const known = lists.get(name);
  if (known === undefined) lists.set(name, [task]);
  else known.push(task);
}

/** Clears what an earlier end left when a task starts again. */
function clearEnd(state: RunState, task: TaskRecord): void {
  if (task.turn !== undefined) state.turnOrder = state.turnOrder.filter((name) => name !== task.task);
  delete task.completedAt;
  delete task.error;
  delete task.skipped;
  delete task.turn;
  delete task.edited;
  delete task.because;
  delete task.outputs;
}
