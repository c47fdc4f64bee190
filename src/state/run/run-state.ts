import { sumUsage } from '../../events/sum-usage.ts';
import type { EventOf, JournalEvent } from '../../events/run-stream-events.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { billionthsOf } from '../../utils/format-dollars.ts';
import { applyActivityEvent } from './apply-activity-event.ts';
import { applyFileEvent } from './apply-file-event.ts';
import { applyTaskEvent, taskOf } from './apply-task-event.ts';
import { isOfNewerProgram } from '../../events/unknown-event.ts';
import { inconsistentHistory, newerHistory } from './history-errors.ts';
import type { RunState } from './run-records.ts';

export type * from './run-records.ts';

/**
 * The state after one more event of a run's stream. It changes `state` and returns it, in time that does not depend on the length of the run. Callers that need
 * the earlier state make a copy (`structuredClone`). The events must be complete and in order, from the first one.
 * @throws MultiagentError `journal.inconsistent` for an event that cannot follow; the state must not be used any further.
 */
export function applyEvent(state: RunState | undefined, event: JournalEvent): RunState {
  if (state === undefined) {
    if (event.type === 'event.unknown' && isOfNewerProgram(event.data.type)) throw newerHistory({ ...event, type: event.data.type });
    if (event.type !== 'run.started') throw inconsistentHistory(event, 'a run begins with run.started');
    return startedRun(event);
  }
  if (event.sequence !== state.lastSequence + 1) throw inconsistentHistory(event, `event ${state.lastSequence + 1} is missing before it`);
  state.lastSequence = event.sequence;
  // What a person does with a stopped run is not work on it.
  const wasRunning = state.status === 'running';
  const recorded = { time: event.time, sequence: event.sequence };
  switch (event.type) {
    case 'run.started':
      throw inconsistentHistory(event, 'the run has started already');
    case 'run.estimated':
      state.estimate = event.data;
      break;
    case 'run.budgeted':
      state.replyCaps = event.data.replyCaps;
      if (event.data.contextTokens !== undefined) state.contextTokens = event.data.contextTokens;
      break;
    case 'prompt_cache.prepared':
      state.prepared.usage = sumUsage(state.prepared.usage, event.data.usage);
      if (event.data.copies === 'kept') state.prepared.copies = 'kept';
      break;
    case 'run.pinned':
      state.pins = event.data.facts;
      break;
    case 'transcript.cut':
      state.epoch.number = event.data.epoch;
      for (const { task, digest } of event.data.cuts) state.epoch.digests.set(task, digest);
      state.epoch.cuts.push({ ...event.data, ...recorded });
      break;
    case 'run.interrupted':
      state.status = 'interrupted';
      break;
    case 'run.waiting': {
      const { tasks: _, ...waiting } = event.data;
      state.status = 'waiting';
      state.waiting = waiting;
      break;
    }
    case 'run.resumed':
      goOn(state, event.time);
      state.edits = [];
      delete state.held;
      addModel(state, event.data.model);
      // What goes on in private stays so.
      if (event.data.overrides['private'] === true && state.settings !== undefined) state.settings = { ...state.settings, private: true };
      setBudget(state, event.data.overrides['budget']);
      if (event.data.models !== undefined) state.models = { ...state.models, ...event.data.models };
      break;
    case 'run.finished':
      state.status = event.data.status;
      delete state.waiting;
      state.finishedAt = event.time;
      if (event.data.error !== undefined) state.error = event.data.error;
      break;
    case 'task.added':
    case 'task.started':
      if (state.status !== 'running') goOn(state, event.time);
      applyTaskEvent(state, event);
      break;
    case 'task.reopened':
    case 'task.waiting':
    case 'task.woken':
    case 'task.completed':
    case 'task.failed':
    case 'task.skipped':
    case 'task.cancelled':
    case 'task.taken_back':
    case 'task.calls_in_text':
    case 'task.asked':
    case 'task.decided':
    case 'task.edited':
      applyTaskEvent(state, event);
      break;
    case 'activity.started':
    case 'activity.completed':
    case 'activity.failed':
    case 'call.started':
    case 'call.priced':
    case 'call.sent':
    case 'call.ended':
    case 'request.sent':
    case 'prompt.progress':
    case 'reply.delta':
    case 'reply.called':
    case 'reply.cut':
    case 'reply.judged':
    case 'remote.accepted':
    case 'remote.progress':
      applyActivityEvent(state, event);
      break;
    case 'artifact.written':
      taskOf(state, event, event.data.task).changedFiles ||= event.data.outcome !== 'unchanged';
      state.artifacts.push({ ...event.data, ...recorded });
      break;
    case 'artifact.removed':
      taskOf(state, event, event.data.task).changedFiles = true;
      state.removals.push({ ...event.data, ...recorded });
      break;
    case 'artifact.mended':
      taskOf(state, event, event.data.task);
      state.mends.push({ ...event.data, ...recorded });
      break;
    case 'artifact.checked':
    case 'artifact.undone':
      applyFileEvent(state, event);
      break;
    case 'check.started':
      break;
    case 'check.finished':
      state.checks.push({ ...event.data, ...recorded });
      break;
    case 'examples.tried':
      taskOf(state, event, event.data.task);
      state.examples.push({ ...event.data, ...recorded });
      break;
    case 'artifact.refused':
      taskOf(state, event, event.data.task);
      state.refusals.push({ ...event.data, ...recorded });
      break;
    case 'artifact.collided':
      taskOf(state, event, event.data.task);
      state.collisions.push({ ...event.data, ...recorded });
      break;
    case 'artifact.restored':
      break;
    case 'artifact.edited':
      state.edits.push({ ...event.data, ...recorded });
      break;
    case 'person.said':
      state.remarks.push({ ...event.data, ...recorded });
      break;
    case 'run.held':
      state.held = { ...event.data, ...recorded };
      break;
    case 'message.sent':
      state.messages.push({ ...event.data, ...recorded });
      break;
    case 'model.fell_back':
      state.fallbacks.push({ ...event.data, ...recorded });
      break;
    case 'model.routed':
      state.routed = event.data;
      break;
    case 'model.returned':
    case 'limit.waited':
    case 'budget.waited':
      break;
    case 'event.unknown':
      state.unknownEvents.push({ type: event.data.type, version: event.version, sequence: event.sequence });
      break;
  }
  if (wasRunning) state.workedUntil = event.time;
  return state;
}

/** @throws MultiagentError `run.not_found` for a stream without events. */
export async function foldRun(events: AsyncIterable<JournalEvent>): Promise<RunState> {
  let state: RunState | undefined;
  for await (const event of events) {
    try {
      state = applyEvent(state, event);
    } catch (error) {
      // What seems contradictory here may make sense to a program that knows every event.
      const newer = state?.unknownEvents.find(({ type }) => isOfNewerProgram(type));
      throw newer === undefined ? error : newerHistory({ stream: event.stream, ...newer });
    }
  }
  if (state === undefined) {
    throw new MultiagentError({
      category: 'usage',
      code: 'run.not_found',
      message: 'The journal of this workspace holds nothing under this id.',
      hint: 'List the runs of this workspace and take an id from there.',
    });
  }
  return state;
}

function startedRun({ data, time, sequence }: EventOf<'run.started'>): RunState {
  const state: RunState = {
    ...data,
    status: 'running',
    startedAt: time,
    workedUntil: time,
    pausedMilliseconds: 0,
    tasks: new Map(),
    dependents: new Map(),
    children: new Map(),
    turnOrder: [],
    activities: new Map(),
    artifacts: [],
    removals: [],
    refusals: [],
    mends: [],
    collisions: [],
    laterModels: [],
    edits: [],
    checks: [],
    examples: [],
    sent: [],
    messages: [],
    remarks: [],
    fallbacks: [],
    replyCaps: {},
    epoch: { number: 0, digests: new Map(), cuts: [] },
    prepared: { usage: {}, copies: 'none' },
    takenSignals: new Set(),
    unknownEvents: [],
    lastNumber: 0,
    lastSequence: sequence,
  };
  setBudget(state, data.settings?.['budget']);
  return state;
}

/** A number of dollars, or none. Anything else says nothing. */
function setBudget(state: RunState, given: unknown): void {
  if (given === 'none') delete state.budget;
  if (typeof given === 'number' && Number.isFinite(given) && given >= 0) state.budget = billionthsOf(given);
}

/** Records the model if the model or its server has changed. */
function addModel(state: RunState, model: RunState['model'] | undefined): void {
  if (model === undefined) return;
  const placesOf = ({ name, address, servers = [{ address }] }: RunState['model']) =>
    [name, ...servers.map((server) => server.address)].join('\n');
  if (placesOf(model) !== placesOf(state.laterModels.at(-1) ?? state.model)) state.laterModels.push(model);
}

/** Resumes a stopped run. If its owner died, nothing recorded that: it was paused since its last event. */
function goOn(state: RunState, time: number): void {
  const paused = Math.max(0, time - state.workedUntil);
  state.workedUntil = time;
  state.pausedMilliseconds += paused;
  for (const task of state.tasks.values()) {
    if (task.startedAt !== undefined && task.completedAt === undefined) task.pausedMilliseconds += paused;
  }
  state.status = 'running';
  delete state.finishedAt;
  delete state.waiting;
  delete state.error;
}
