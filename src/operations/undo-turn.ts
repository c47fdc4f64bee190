import { runStream } from '../events/run-stream.ts';
import { withOwnedRun } from '../orchestrator/journal/own-run.ts';
import { foldRun, type RunState } from '../state/run/run-state.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { digestTaskType } from '../orchestrator/session/session-workflow.ts';
import { liveRun } from './live-runs.ts';
import { pinFacts } from './pin-facts.ts';
import { sessionOf, type SessionTurn, turnOfRun } from './sessions.ts';
import { undoApply, undoRun, type UndoRunOptions } from './undo-run.ts';
import type { Workspace } from './workspace.ts';

/** A turn that was taken back. */
export interface TurnTakenBack {
  /** `digest`: what was said before it is told whole again. */
  what: 'turn' | 'digest';
  /** Those of the turn, in the session and in the project. */
  files: string[];
  /** The run that the session goes on from. */
  run: string;
}

/**
 * Takes back the turn, or the digest, that a run of a session was for: its files, in the session and in the project, and what was said in it. With a digest that nobody asked for,
 * the turn before it is taken back, too. Done again from `run` it takes back the one before. One that was cut off half way can be repeated.
 * @throws MultiagentError `undo.nothing`, `undo.edited` where a person has edited one of the files since, `run.live`, `run.foreign`, `run.not_found`.
 * @example
 * const turn = beginSession(orchestrator, { message: 'What does this project do?' });
 * await turn.result;
 * const { what, files } = await undoTurn(orchestrator, turn.id);
 * console.log(what, files.length); // turn 0
 */
export async function undoTurn(workspace: Workspace, run: string, options: Pick<UndoRunOptions, 'trust'> = {}): Promise<TurnTakenBack> {
  const state = await foldRun(workspace.store.read(runStream(run)));
  const undone = await undoAlone(workspace, state, options);
  return undone.what === 'digest' && state.context['digest'] === 'program' ? undoTurn(workspace, undone.run, options) : undone;
}

/** Takes back what one run of a session was for, and nothing else. @throws what `undoTurn` throws. */
export async function undoAlone(
  workspace: Workspace,
  state: RunState,
  { trust }: Pick<UndoRunOptions, 'trust'> = {},
): Promise<TurnTakenBack> {
  const { run } = state;
  const turn = turnOfRun(state);
  if (turn === undefined || turn.task.takenBack !== undefined) throw nothingLeft(state, turn);
  const { task } = turn.task;
  const files: string[] = [];
  // What was written at several times was copied as often.
  for (;;) {
    const applied = await unlessNothing(undoApply(workspace, run, { trust }));
    if (applied === undefined) break;
    files.push(...applied.removed, ...applied.restored);
  }
  const undone = await unlessNothing(undoRun(workspace, run, { task, trust }));
  files.push(...(undone?.files.map(({ path }) => path) ?? []));
  await withOwnedRun(workspace, run, ({ journal }) => journal.append('person', [{ type: 'task.taken_back', data: { task } }])).catch(
    (error: unknown) => {
      throw liveRun(run, error);
    },
  );
  const before = await runBefore(workspace, state);
  // What is pinned is of the session, and not of the turn.
  if (state.pins !== undefined && before !== run) await pinFacts(workspace, before, state.pins, { trust });
  // Its text, which is kept as every text of a step, is no file of the project.
  if (turn.task.taskType === digestTaskType) return { what: 'digest', files: [], run: before };
  return { what: 'turn', files: [...new Set(files)], run: before };
}

/** A turn that was taken back is not gone on from, but the one before it; of the first one its run, which then has nothing. */
async function runBefore({ store }: Pick<Workspace, 'store'>, state: RunState): Promise<string> {
  if (state.inherits === undefined) return state.run;
  const before = await foldRun(store.read(runStream(state.inherits.run)));
  return sessionOf(before) === sessionOf(state) ? before.run : state.run;
}

function nothingLeft({ run, workflow, tasks }: RunState, turn: SessionTurn | undefined): MultiagentError {
  const isOfTeam = turn === undefined && tasks.size > 0;
  return new MultiagentError({
    category: 'usage',
    code: 'undo.nothing',
    message: isOfTeam
      ? `Before this comes the run ${run} of the workflow ${workflow}, which is no turn.`
      : 'There is no turn to take back.',
    ...(isOfTeam ? { hint: `Its files are taken back by: multiagent undo ${run}` } : {}),
  });
}

/** A turn need not have written anything, nor be applied, to be taken back. */
async function unlessNothing<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof MultiagentError && error.code === 'undo.nothing') return undefined;
    throw error;
  }
}
