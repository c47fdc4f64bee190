import type { LiveRun, LiveTask } from './live-run.ts';
import { type Place, placeAfter } from './reading-place.ts';

/** A person looks through the replies of a run, and has come to this one. */
export interface Looking {
  task: string;
  /** The digits of the number that is being typed; empty: none. */
  typed: string;
  /** `list`: at the steps, with the end of the reply. A place: in the whole reply. */
  at: 'list' | Place;
}

/** What a key means where this is looked at. */
export interface LookingAt {
  run: Pick<LiveRun, 'tasks'>;
  /** Of the terminal. */
  columns: number;
  rows: number;
}

const [up, down, back, open, look] = [['\u001b[A', '\u001bOA'], ['\u001b[B', '\u001bOB'], ['\u001b'], ['\r', '\n'], ['l']];

/** The steps whose replies can be looked at: those that ask a model. */
export function repliers({ tasks }: Pick<LiveRun, 'tasks'>): LiveTask[] {
  return [...tasks.values()].filter(({ progress }) => progress.kind !== 'no_model');
}

/** What is looked at after a key. Undefined: the picture of the run. Other keys than those for looking change nothing. */
export function lookAfter(looking: Looking | undefined, key: string, { run, ...size }: LookingAt): Looking | undefined {
  const tasks = repliers(run);
  if (looking === undefined) return key === 'l' ? firstLook(tasks) : undefined;
  if (look.includes(key)) return undefined;
  if (back.includes(key)) return looking.at === 'list' ? undefined : { ...looking, typed: '', at: 'list' };
  if (/^\d$/.test(key)) return numbered(tasks, looking, key);
  const at = tasks.findIndex(({ id }) => id === looking.task);
  const { text = '' } = tasks[at]?.said ?? {};
  if (looking.at === 'list') {
    const moved = up.includes(key) ? at - 1 : down.includes(key) ? at + 1 : undefined;
    if (moved !== undefined) return { task: tasks[moved]?.id ?? looking.task, typed: '', at: 'list' };
    if (open.includes(key)) return { ...looking, typed: '', at: { line: 0, part: 0 } };
  }
  const place = placeAfter(looking.at === 'list' ? 'end' : looking.at, key, { text, ...size });
  return place === undefined ? looking : { ...looking, typed: '', at: place };
}

/** The reply that is being written, else the last one that was. */
function firstLook(tasks: readonly LiveTask[]): Looking | undefined {
  const task = tasks.find(({ progress }) => progress.kind === 'writing') ?? tasks.findLast(({ said }) => said.text !== '') ?? tasks.at(0);
  return task === undefined ? undefined : { task: task.id, typed: '', at: 'list' };
}

/** Digits go on with those before them as long as there is such a step. Another reply is read from its beginning. */
function numbered(tasks: readonly LiveTask[], looking: Looking, digit: string): Looking {
  for (const typed of [looking.typed + digit, digit]) {
    const found = tasks.find(({ number }) => String(number) === typed);
    if (found === undefined) continue;
    const at = looking.at === 'list' || found.id === looking.task ? looking.at : { line: 0, part: 0 };
    return { task: found.id, typed, at };
  }
  return { ...looking, typed: '' };
}
