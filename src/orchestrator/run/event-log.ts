import { routingSentences } from '../routing/routing-sentences.ts';
import type { ActivityCompleted } from '../../events/activities/activity-kinds.ts';
import type { EventData, EventOf, EventType, JournalEvent } from '../../events/run-stream-events.ts';
import { unknownEventType } from '../../events/unknown-event.ts';
import type { Logger } from '../../utils/logger.ts';
import { taskOfActivity } from '../../utils/run-id.ts';
import type { EventListener } from '../journal/run-journal.ts';

type Level = 'debug' | 'info' | 'warn' | 'error';
type Line = readonly [level: Level, message: string, data?: Record<string, unknown>];
type Lines = { [Type in EventType]?: (data: EventOf<Type>['data']) => Line | undefined };

/** What the log says about a run, so that it alone explains why a run failed. Only the journal holds what was said to the model and what it replied. */
const lines: Lines = {
  'task.started': ({ task, attempt, agent }) => ['info', 'A step begins', { task, attempt, agent }],
  'task.asked': ({ task, wants, round }) => ['info', 'A step asks a person', { task, wants, round }],
  'task.decided': ({ task, decision, by }) => ['info', 'It was decided', { task, decision, by }],
  'person.said': ({ by }) => ['info', 'A person has told the team something', { by }],
  'run.held': ({ by }) => ['info', 'The run is to pause', { by }],
  'task.edited': ({ task, by }) => ['info', 'A reply was edited', { task, by }],
  'task.calls_in_text': ({ task, why }) => ['warn', 'A step calls tools in its text from here on', { task, why }],
  'task.completed': ({ task }) => ['info', 'A step is done', { task }],
  'task.waiting': ({ task, reason, until, error }) => [
    error === undefined ? 'info' : 'warn',
    'A step waits',
    { task, reason, until: until === undefined ? undefined : new Date(until).toISOString(), error },
  ],
  'task.failed': ({ task, error }) => ['error', 'A step failed', { task, error }],
  'task.skipped': ({ task, reason, because }) => [reason === 'condition' ? 'info' : 'warn', 'A step was skipped', { task, because }],
  'run.pinned': ({ facts }) => ['info', 'A person has pinned facts', { facts: facts.length }],
  'task.taken_back': ({ task }) => ['info', 'A turn was taken back', { task }],
  'task.cancelled': ({ task }) => ['info', 'A step was cancelled', { task }],
  'task.reopened': ({ task, reason }) => ['info', 'A step is to be done again', { task, reason }],
  'call.ended': ({ activity, call, finishReason, usage, error }) => {
    const task = taskOfActivity(activity);
    if (error !== undefined) return ['warn', 'A call to the model failed', { task, call, error }];
    return ['debug', 'A call to the model ended', { task, call, finishReason, usage }];
  },
  'remote.accepted': ({ activity, remoteTask }) => [
    'info',
    'A team elsewhere has taken a step up',
    { task: taskOfActivity(activity), as: remoteTask },
  ],
  'model.fell_back': ({ task, from, to, why, at }) => ['warn', 'A model stands in for another one', { task, from, to, why, at }],
  'model.routed': (routed) => ['info', 'Models chosen', { choices: routingSentences(routed) }],
  'model.returned': ({ task, model }) => ['info', 'A model is asked again', { task, model }],
  'activity.failed': ({ activity, kind, error }) => [
    'warn',
    kind === 'reply' ? 'A reply could not be used' : `The ${kind} of a step failed`,
    { task: taskOfActivity(activity), error },
  ],
  'activity.completed': lineOfActivity,
  'reply.cut': ({ activity, removed, why }) => [
    'warn',
    'A reply was cut back',
    { task: taskOfActivity(activity), characters: removed, why },
  ],
  'artifact.written': ({ task, path, outcome, bytes }) => ['info', 'A file was written', { task, path, outcome, bytes }],
  'artifact.removed': ({ task, path, movedTo }) => [
    'info',
    movedTo === undefined ? 'A file was deleted' : 'A file was moved',
    { task, path, to: movedTo },
  ],
  'artifact.refused': ({ task, name, reason }) => ['warn', 'A file was refused', { task, name, reason }],
  'artifact.collided': ({ task, path, earlier }) => ['warn', 'Two steps wrote one file differently', { task, path, earlier: earlier.task }],
  'artifact.checked': ({ task, path, language, found, findings }) =>
    found === 0 ? undefined : ['warn', 'A file does not parse', { task, path, language, found, first: findings[0] }],
  'artifact.edited': ({ path }) => ['warn', 'A file was changed by somebody, and is left alone', { path }],
  'artifact.restored': ({ path }) => ['info', 'A missing file was written again', { path }],
  'examples.tried': ({ task, examples }) => [
    'info',
    "The requirement's examples were tried",
    { task, held: examples.filter(({ outcome }) => outcome === 'holds').length, of: examples.length },
  ],
  'check.finished': lineOfCheck,
  'run.interrupted': ({ reason }) => ['info', 'The run is interrupted', { reason }],
  'run.waiting': ({ until, signals }) => ['info', 'The run waits, and is let go', { until, signals }],
  'run.finished': ({ error }) => (error === undefined ? undefined : ['error', 'The run failed', { error }]),
};

function lineOfCheck({ command, outcome, exitCode }: Pick<EventData<'check.finished'>, 'command' | 'outcome' | 'exitCode'>): Line {
  return [outcome === 'passed' ? 'info' : 'warn', 'A check was run', { command, outcome, exitCode }];
}

function lineOfActivity(data: EventData<'activity.completed'>): Line | undefined {
  switch (data.kind) {
    case 'command':
      return lineOfCheck(data);
    case 'install':
      return lineOfInstall(data);
    case 'read':
      return ['info', 'The model was shown files', { task: taskOfActivity(data.activity), files: data.files }];
    case 'tool':
      return [
        'info',
        'The model called a tool',
        { task: taskOfActivity(data.activity), tool: data.tool, failed: data.failed, exitCode: data.exitCode },
      ];
    default:
      return undefined;
  }
}

function lineOfInstall({ activity, manager, namedIn, outcome, output }: ActivityCompleted<'install'>): Line {
  const data = { task: taskOfActivity(activity), manager, namedIn, outcome };
  return outcome === 'passed' ? ['info', 'Packages were fetched', data] : ['warn', 'Packages were not fetched', { ...data, output }];
}

/** Writes a line for each event that says what happens to a run. The work of an earlier run that this one builds on is not logged again. */
export function eventLog(logger: Logger): EventListener {
  const inherited = new Map<string, ReadonlySet<string>>();
  return (event: JournalEvent) => {
    const { correlation: run, data } = event;
    if (event.type === 'run.started') inherited.set(run, new Set(event.data.inherits?.tasks));
    if (event.type === 'task.reopened') inherited.delete(run);
    if (event.type === 'run.finished') inherited.delete(run);
    if (inherited.get(run)?.has(taskOf(data) ?? '')) return;
    const line = lineOf(event);
    if (line === undefined) return;
    const [level, message, told] = line;
    logger[level](message, { run, ...told });
  };
}

function lineOf({ type, version, data }: JournalEvent): Line | undefined {
  if (type === unknownEventType) return ['warn', 'An event that this program does not know', { type: data.type, version }];
  return (lines as Record<string, ((data: unknown) => Line | undefined) | undefined>)[type]?.(data);
}

function taskOf(data: object): string | undefined {
  const { task, activity } = data as { task?: string; activity?: string };
  return task ?? (activity === undefined ? undefined : taskOfActivity(activity));
}

/** The listeners of a run's events: the log comes first, since an error in a listener ends the run. */
export function heardBy(logger: Logger, onEvent: EventListener | undefined): EventListener {
  const log = eventLog(logger);
  return (event) => {
    log(event);
    onEvent?.(event);
  };
}
