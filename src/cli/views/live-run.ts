import { reasonOfSkip } from '../../state/run/reason-of-skip.ts';
import type { EventOf, EventType, JournalEvent } from '../../events/run-stream-events.ts';
import { unknownEventType } from '../../events/unknown-event.ts';
import { askedLines, decideSentence } from './asked-lines.ts';
import {
  collisionSentence,
  findingLines,
  isForPerson,
  limitSentence,
  modelSentence,
  unknownEventSentence,
  waitingSentence,
} from './event-sentences.ts';
import { sumUsage } from '../../events/sum-usage.ts';
import type { Usage } from '../../events/usage.ts';
import { fallbackSentence, returnedSentence } from '../../orchestrator/results/fallback-sentence.ts';
import { leavesSentence } from '../../orchestrator/results/egress-sentences.ts';
import { nothingSentence } from '../../orchestrator/results/nothing-sentence.ts';
import { outcomeSentence } from '../../orchestrator/results/outcome-sentence.ts';
import { replyCutSentence } from '../../orchestrator/results/reply-cut-sentence.ts';
import { removalSentence } from '../../orchestrator/results/removal-sentence.ts';
import { readSentence } from '../../orchestrator/showing/read-sentence.ts';
import { installBegins } from '../../orchestrator/packages/install-sentence.ts';
import { decisionSentence } from '../../orchestrator/decisions/decision-sentence.ts';
import { projectSentences } from '../../orchestrator/results/project-sentences.ts';
import { parallelSentence } from '../../orchestrator/scheduling/parallel-sentence.ts';
import { checkBegins, checkEnds, installEnds, type LiveChecks, outdateChecks } from './live-checks.ts';
import { asStarted } from '../as-started.ts';
import { taskOfActivity } from '../../utils/run-id.ts';

export type LiveProgress =
  /** `no_model`: the task asks no model. */
  | { kind: 'none' }
  | { kind: 'no_model' }
  | { kind: 'reading'; processed: number; total: number }
  | { kind: 'thinking' | 'writing'; tokens: number; milliseconds: number };

export interface LiveNote {
  kind: 'file' | 'wait' | 'warning' | 'failure';
  text: string;
}

export interface LiveTask {
  id: string;
  number: number;
  role: string;
  state: 'pending' | 'running' | 'waiting' | 'completed' | 'failed' | 'skipped' | 'cancelled';
  attempt: number;
  /** Another run has done the task: its events here did not happen now. */
  takenOver: boolean;
  /** When the first attempt started. */
  startedAt: number | undefined;
  endedAt: number | undefined;
  /** Only while waiting; absent: it waits until something wakes it. */
  wakesAt: number | undefined;
  /** What it waits for, while it does. `person`: at most until `wakesAt`. */
  waitsFor: 'next_attempt' | 'person' | 'other';
  progress: LiveProgress;
  /** The server of its newest call, if there are several. */
  server?: string | undefined;
  notes: LiveNote[];
  files: Set<string>;
  /** It has created or changed a file since it was last requested. */
  changedFiles: boolean;
  usage: Usage;
}

/** What the live view knows about a run. Texts are unchanged; they must be made printable before they are shown. */
export interface LiveRun extends LiveChecks {
  title: string[];
  /** Tasks of another run that this one builds on. */
  inherited: ReadonlySet<string>;
  tasks: Map<string, LiveTask>;
  /** What its start waits for. */
  waitsFor: string | undefined;
  state: 'preparing' | 'running' | 'finished';
}

export function newLiveRun(): LiveRun {
  return { title: [], inherited: new Set(), tasks: new Map(), notes: [], checks: [], waitsFor: undefined, state: 'preparing' };
}

/** Brings a run up to date with its next event. */
export function applyToLiveRun(run: LiveRun, event: JournalEvent): void {
  if (event.type === unknownEventType) run.notes.push(unknownEventSentence(event));
  ((handlers as Record<string, unknown>)[event.type] as ((run: LiveRun, event: JournalEvent) => void) | undefined)?.(run, event);
}

type Handlers = { [Type in EventType]?: (run: LiveRun, event: EventOf<Type>) => void };

const handlers: Handlers = {
  'run.started': (run, { data: { run: id, workflow, model, maxParallel, transcript, input, inherits } }) => {
    run.title = [
      `Run ${id}: ${workflow.replaceAll('_', ' ')}`,
      modelSentence(model),
      parallelSentence({ maxParallel, transcript }),
      ...projectSentences({ input, inherits }),
      ...(inherits === undefined ? [] : [`Builds on ${inherits.run}`]),
    ];
    run.inherited = new Set(inherits?.tasks);
    run.waitsFor = undefined;
    run.state = 'running';
  },
  'task.added': (run, { data: { task, number, role, place } }) => {
    run.tasks.set(task, {
      id: task,
      number,
      role,
      state: 'pending',
      attempt: 1,
      takenOver: run.inherited.has(task),
      startedAt: undefined,
      endedAt: undefined,
      wakesAt: undefined,
      waitsFor: 'other',
      progress: { kind: place === 'none' ? 'no_model' : 'none' },
      notes: [],
      files: new Set(),
      changedFiles: false,
      usage: {},
    });
    // A task that belongs between others, such as one of a loop, is shown there.
    if ([...run.tasks.values()].some((other) => other.number > number))
      run.tasks = new Map([...run.tasks].toSorted(([, a], [, b]) => a.number - b.number));
  },
  'task.started': (run, { data, time }) =>
    change(run, data.task, (task) => {
      task.state = 'running';
      task.attempt = data.attempt;
      task.startedAt ??= time;
      task.progress = noProgress(task);
    }),
  'prompt.progress': (run, { data: { activity, processed, total } }) =>
    change(run, taskOfActivity(activity), (task) => (task.progress = { kind: 'reading', processed, total })),
  'reply.delta': (run, { data: { activity, text, tokens, milliseconds } }) =>
    change(
      run,
      taskOfActivity(activity),
      (task) => (task.progress = { kind: text === undefined ? 'thinking' : 'writing', tokens, milliseconds }),
    ),
  'reply.cut': (run, { data }) =>
    change(run, taskOfActivity(data.activity), (task) => task.notes.push({ kind: 'warning', text: replyCutSentence(data) })),
  'call.sent': (run, { data: { activity, server } }) =>
    change(run, taskOfActivity(activity), (task) => {
      if (task.server !== undefined && task.server !== server) task.notes.push({ kind: 'warning', text: `continues at ${server}` });
      task.server = server;
    }),
  'model.fell_back': (run, { data }) => {
    if (data.task === undefined) run.notes.push(`⚠ ${fallbackSentence(data)}`);
    else change(run, data.task, (task) => task.notes.push({ kind: 'warning', text: fallbackSentence(data) }));
  },
  'model.returned': (run, { data }) => change(run, data.task, (task) => task.notes.push({ kind: 'wait', text: returnedSentence(data) })),
  'request.sent': (run, { data }) => {
    const sentence = leavesSentence(data);
    if (data.where !== 'this_machine' && !run.notes.includes(sentence)) run.notes.push(sentence);
  },
  'limit.waited': (run, { data }) => change(run, data.task, (task) => task.notes.push({ kind: 'wait', text: limitSentence(data) })),
  'call.ended': (run, { data: { activity, call, usage, error } }) =>
    change(run, taskOfActivity(activity), (task) => {
      if (usage !== undefined) task.usage = sumUsage(task.usage, usage);
      if (error !== undefined) task.notes.push({ kind: 'warning', text: `call ${call} failed: ${error.message}` });
    }),
  'artifact.written': (run, { data: { task: id, outcome, path, bytes, sha256 } }) => {
    change(run, id, (task) => {
      task.files.add(path);
      task.changedFiles ||= outcome !== 'unchanged';
      task.notes.push({ kind: 'file', text: `${outcome} ${path} (${bytes} bytes)` });
    });
    if (outcome !== 'unchanged') outdateChecks(run, path, sha256);
  },
  'artifact.removed': (run, { data }) => {
    change(run, data.task, (task) => {
      task.files.delete(data.path);
      task.changedFiles = true;
      task.notes.push({ kind: 'file', text: removalSentence(data) });
    });
    outdateChecks(run, data.path);
  },
  'artifact.checked': (run, { data }) =>
    change(run, data.task, (task) => task.notes.push(...findingLines(data).map((text): LiveNote => ({ kind: 'warning', text })))),
  'examples.tried': (run, { data }) =>
    change(run, data.task, (task) => {
      const held = data.examples.filter(({ outcome }) => outcome === 'holds').length;
      const kind = held === data.examples.length ? 'file' : 'warning';
      task.notes.push({
        kind,
        text: `${held} of ${data.examples.length} ${data.examples.length === 1 ? 'example' : 'examples'} of the requirement ${held === 1 ? 'holds' : 'hold'}`,
      });
    }),
  'check.started': (run, { data }) => checkBegins(run, data),
  'check.finished': (run, { data }) => checkEnds(run, data),
  'activity.started': (run, { data }) => {
    if (data.kind === 'command') checkBegins(run, data);
    if (data.kind === 'install') run.notes.push(installBegins(data));
  },
  'activity.completed': (run, { data }) => {
    if (data.kind === 'command') checkEnds(run, data);
    if (data.kind === 'install') installEnds(run, data);
    if (data.kind === 'read')
      change(run, taskOfActivity(data.activity), (task) => task.notes.push({ kind: 'file', text: readSentence(data) }));
  },
  'artifact.refused': (run, { data: { task: id, name, reason } }) =>
    change(run, id, (task) => task.notes.push({ kind: 'warning', text: `not written${name === '' ? '' : `, ${name}`}: ${reason}` })),
  'artifact.collided': (run, { data }) =>
    change(run, data.task, (task) => task.notes.push({ kind: 'warning', text: collisionSentence(data) })),
  'transcript.cut': (run, { data: { reason, cuts } }) =>
    void run.notes.push(`Shortened: ${reason} Now digests: ${cuts.map(({ task }) => task).join(', ')}.`),
  'artifact.restored': (run, { data: { path } }) => void run.notes.push(`Written again, because it was missing: ${path}`),
  'artifact.edited': (run, { data: { path, found } }) => {
    run.notes.push(`Left as it is, because somebody has changed it: ${path}`);
    outdateChecks(run, path, found);
  },
  'task.waiting': (run, { data }) =>
    change(run, data.task, (task) => {
      task.state = 'waiting';
      task.wakesAt = data.until;
      task.waitsFor = data.error !== undefined ? 'next_attempt' : isForPerson(data) ? 'person' : 'other';
      // What a person is asked says it already.
      if (task.waitsFor !== 'person') task.notes.push({ kind: data.error === undefined ? 'wait' : 'warning', text: waitingSentence(data) });
    }),
  'task.asked': (run, { data, correlation }) =>
    change(run, data.task, (task) => {
      // What was asked before was decided, or no longer stands.
      task.notes = task.notes.filter(({ kind }) => kind !== 'wait');
      const lines = [...askedLines(data), asStarted(decideSentence(correlation, data))];
      task.notes.push(...lines.map((text): LiveNote => ({ kind: 'wait', text })));
    }),
  'task.decided': (run, { data }) =>
    change(run, data.task, (task) => {
      if (task.state === 'waiting') task.state = 'pending';
      task.notes = task.notes.filter(({ kind }) => kind !== 'wait');
      task.notes.push({ kind: 'wait', text: decisionSentence(data) });
    }),
  'task.woken': (run, { data }) =>
    change(run, data.task, (task) => {
      task.state = 'pending';
      // It waits no more.
      if (task.waitsFor === 'other') task.notes = task.notes.filter(({ kind }) => kind !== 'wait');
    }),
  'task.reopened': (run, { data }) =>
    change(run, data.task, (task) => {
      task.state = 'pending';
      if (data.reason === 'retry') {
        task.notes = [];
        task.changedFiles = false;
      }
      task.takenOver = false;
      task.startedAt = undefined;
      task.endedAt = undefined;
      task.progress = noProgress(task);
    }),
  'task.completed': (run, { data, time }) => {
    end(run, data.task, 'completed', time);
    change(run, data.task, (task) => {
      if (!task.changedFiles && !task.takenOver && task.progress.kind !== 'no_model')
        task.notes.push({ kind: 'warning', text: nothingSentence(data.because) });
      const outcome = outcomeSentence(data, task.progress.kind === 'no_model' ? 'no_model' : 'model');
      // What a person decided stands there already.
      if (outcome !== undefined && !task.notes.some(({ text }) => text === outcome)) task.notes.push({ kind: 'wait', text: outcome });
    });
  },
  'task.failed': (run, { data: { task: id, error }, time }) => {
    end(run, id, 'failed', time);
    change(run, id, (task) => {
      // The error of the last call is not shown twice.
      if (task.notes.at(-1)?.text.endsWith(` failed: ${error.message}`)) task.notes.pop();
      task.notes.push({ kind: 'failure', text: error.message });
      if (error.hint !== undefined) task.notes.push({ kind: 'failure', text: asStarted(error.hint) });
    });
  },
  'task.skipped': (run, { data, time }) => {
    end(run, data.task, 'skipped', time);
    const kind = data.reason === 'condition' ? 'wait' : 'warning';
    change(run, data.task, (task) => task.notes.push({ kind, text: `skipped, because ${reasonOfSkip(data)}` }));
  },
  'task.cancelled': (run, { data, time }) => end(run, data.task, 'cancelled', time),
  'run.resumed': (run, { data: { model } }) => {
    run.waitsFor = undefined;
    run.state = 'running';
    if (model !== undefined) run.title[1] = modelSentence(model);
  },
  'run.finished': (run) => void (run.state = 'finished'),
  'run.waiting': (run) => void (run.state = 'finished'),
};

function change(run: LiveRun, id: string, apply: (task: LiveTask) => unknown): void {
  const task = run.tasks.get(id);
  if (task !== undefined) apply(task);
}

function end(run: LiveRun, id: string, state: LiveTask['state'], time: number): void {
  change(run, id, (task) => {
    task.state = state;
    task.endedAt = time;
    task.progress = noProgress(task);
  });
}

/** A task that asks no model never does. */
function noProgress({ progress }: LiveTask): LiveProgress {
  return progress.kind === 'no_model' ? progress : { kind: 'none' };
}
