import type { LiveRun, LiveTask } from './live-run.ts';

/** A person looks through the replies of a run, and has come to this one. */
export interface Looking {
  task: string;
  /** The digits of the number that is being typed; empty: none. */
  typed: string;
}

const [up, down, back, look] = [['\u001b[A', '\u001bOA'], ['\u001b[B', '\u001bOB'], ['\u001b'], ['l']];

/** The steps whose replies can be looked at: those that ask a model. */
export function repliers({ tasks }: Pick<LiveRun, 'tasks'>): LiveTask[] {
  return [...tasks.values()].filter(({ progress }) => progress.kind !== 'no_model');
}

/** What is looked at after a key. Undefined: the picture of the run. Other keys than those for looking change nothing. */
export function lookAfter(looking: Looking | undefined, key: string, run: Pick<LiveRun, 'tasks'>): Looking | undefined {
  const tasks = repliers(run);
  if (looking === undefined) return key === 'l' ? firstLook(tasks) : undefined;
  if (back.includes(key) || look.includes(key)) return undefined;
  const at = tasks.findIndex(({ id }) => id === looking.task);
  const moved = up.includes(key) ? at - 1 : down.includes(key) ? at + 1 : undefined;
  if (moved !== undefined) return { task: tasks[moved]?.id ?? looking.task, typed: '' };
  return /^\d$/.test(key) ? numbered(tasks, looking, key) : looking;
}

/** The reply that is being written, else the last one that was. */
function firstLook(tasks: readonly LiveTask[]): Looking | undefined {
  const task = tasks.find(({ progress }) => progress.kind === 'writing') ?? tasks.findLast(({ said }) => said.text !== '') ?? tasks.at(0);
  return task === undefined ? undefined : { task: task.id, typed: '' };
}

/** Digits go on with those before them as long as there is such a step. */
function numbered(tasks: readonly LiveTask[], looking: Looking, digit: string): Looking {
  for (const typed of [looking.typed + digit, digit]) {
    const found = tasks.find(({ number }) => String(number) === typed);
    if (found !== undefined) return { task: found.id, typed };
  }
  return { ...looking, typed: '' };
}
