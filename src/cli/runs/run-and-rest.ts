import { taskOfRun } from '../../operations/task-of-run.ts';
import { filesNamed } from '../../orchestrator/artifacts/files-to-apply.ts';
import { runStream } from '../../events/run-stream.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import { foldRun, type RunState } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { findAmong, runsNewestFirst } from '../../operations/find-run.ts';
import { matchRun } from '../../operations/match-run.ts';

export interface RunAndRest {
  run: string;
  state: RunState;
  /** The words besides the run. */
  rest: string[];
}

/** Whether a word names part of a run, such as a task. */
export type BelongsTo = (state: RunState, word: string) => boolean;

/**
 * The run that the words after a command mean: the one that the first word names, else the one that is meant where none is named.
 * @param otherwise The run where none is named; undefined: the newest, as without it.
 * @throws what `findRun` throws, if the first word names neither a run nor a part of that one; what `otherwise` throws.
 */
export async function runAndRest(
  store: EventStore,
  words: readonly string[],
  belongs: BelongsTo,
  otherwise: () => Promise<string | undefined> = () => Promise.resolve(undefined),
): Promise<RunAndRest> {
  const runs = await runsNewestFirst(store);
  const [first, ...rest] = words;
  // The number of a task could also be the beginning of the only run's id.
  if (first !== undefined && !/^\d{1,2}$/.test(first) && matchRun(first, runs).kind === 'found') {
    const run = findAmong(runs, first);
    return { run, state: await load(store, run), rest };
  }
  const state = await load(store, (await otherwise()) ?? findAmong(runs, 'latest'));
  if (first !== undefined && !belongs(state, first)) throw unknownWord(runs, first, state.run);
  return { run: state.run, state, rest: [...words] };
}

/** Why a word does not name a run, nor a part of the one that is meant where none is named. */
function unknownWord(runs: readonly string[], word: string, meant: string): unknown {
  try {
    return findAmong(runs, word);
  } catch (error) {
    if (!(error instanceof MultiagentError)) return error;
    const { code, category, message, hint = '', cause } = error;
    return new MultiagentError({ code, category, message, hint: `${hint} Nothing in the run ${meant} has this name, either.`, cause });
  }
}

function load(store: EventStore, run: string): Promise<RunState> {
  return foldRun(store.read(runStream(run)));
}

/** Whether a run has written or removed a file of this name, or files in a folder of this name. */
export function hasFile({ artifacts, removals }: RunState, name: string): boolean {
  const known = [...artifacts, ...removals].map(({ path }) => path);
  return filesNamed(name, known).length > 0;
}

/** Whether a word names a task of a run. */
export function hasTask(state: RunState, word: string): boolean {
  try {
    taskOfRun(state, word);
    return true;
  } catch {
    return false;
  }
}
