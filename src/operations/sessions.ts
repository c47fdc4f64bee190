import { runOfStream, runStream, runStreams } from '../events/run-stream.ts';
import { digestTaskType, turnTaskType } from '../orchestrator/session/session-workflow.ts';
import { foldRun, type RunState, type TaskRecord } from '../state/run/run-state.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { isRunId } from '../utils/run-id.ts';
import { findAmong } from './find-run.ts';
import type { Workspace } from './workspace.ts';

/** A conversation of a person with an agent: runs that build on each other, a turn each. */
export interface Session {
  /** The id of its first run. */
  session: string;
  /** Its runs, newest first: the newest has all turns before it. */
  runs: string[];
  /** How many of its runs are turns, and no digests. */
  turns: number;
  /** The newest message; if it is long, its beginning. */
  message: string;
  /** Milliseconds since 1970: the newest event. */
  lastTime: number;
}

/**
 * The sessions of a workspace, the one with the newest run first.
 * @example
 * await beginSession(orchestrator, { message: 'What does this project do?' }).result;
 * for (const { message } of await listSessions(orchestrator)) console.log(message); // What does this project do?
 */
export async function listSessions({ store }: Pick<Workspace, 'store'>): Promise<Session[]> {
  const ends = await store.listEnds({ prefix: runStreams, first: ['context.session', 'context.digest', 'definition.description'] });
  const sessions = new Map<string, Session>();
  for (const { stream, first, lastTime } of ends) {
    const run = runOfStream(stream);
    const { 'context.session': id = '', 'context.digest': digest, 'definition.description': message = '' } = first.texts;
    if (run === undefined || !isRunId(id)) continue;
    const known = sessions.get(id) ?? { session: id, runs: [], turns: 0, message, lastTime };
    known.runs.push(run);
    if (digest === undefined) known.turns += 1;
    sessions.set(id, known);
  }
  return [...sessions.values()];
}

/**
 * The session that a person means: by its id or that of any of its runs, or a beginning or an end that only one has.
 * @param reference Default: the newest. @throws MultiagentError `session.none`, `run.not_found`, `run.ambiguous`.
 * @example
 * const { id, result } = beginSession(orchestrator, { message: 'What does this project do?' });
 * await result;
 * console.log((await findSession(orchestrator)).session === id); // true
 */
export async function findSession(workspace: Pick<Workspace, 'store'>, reference?: string): Promise<Session> {
  const sessions = await listSessions(workspace);
  const [newest] = sessions;
  if (newest === undefined)
    throw new MultiagentError({
      category: 'usage',
      code: 'session.none',
      message: 'This workspace has no sessions yet.',
      hint: 'Begin one: multiagent code "What does this project do?"',
    });
  if (reference === undefined) return newest;
  const run = findAmong(
    sessions.flatMap(({ runs }) => runs),
    reference,
  );
  return sessions.find(({ runs }) => runs.includes(run)) ?? newest;
}

/** The session that a run belongs to, by its id. Undefined: it was begun by other means. */
export function sessionOf({ context: { session } }: Pick<RunState, 'context'>): string | undefined {
  return typeof session === 'string' && isRunId(session) ? session : undefined;
}

/** One message and what came of it. */
export interface SessionTurn {
  /** From 1. */
  number: number;
  run: string;
  task: TaskRecord;
}

/** The turn that a run of a session was for, or the digest of those before it, which has the number of the last. Undefined for a run that has none, such as one that could not begin. */
export function turnOfRun({ run, tasks, inherits }: RunState): SessionTurn | undefined {
  const taken = new Set(inherits?.tasks);
  const own = [...tasks.values()].filter(
    ({ task, taskType }) => (taskType === turnTaskType || taskType === digestTaskType) && !taken.has(task),
  );
  const task = own.at(-1);
  return task && { number: Number(/^(?:turn|digest)_(\d{1,9})$/.exec(task.task)?.[1] ?? 0), run, task };
}

/** The run that a session goes on from: its newest, but for those whose turn was taken back. Where all were, its first, which then has nothing. */
export async function headOfSession({ store }: Pick<Workspace, 'store'>, { session, runs }: Session): Promise<string> {
  let run = runs[0] ?? session;
  for (;;) {
    const state = await foldRun(store.read(runStream(run)));
    const before = state.inherits?.run;
    if (turnOfRun(state)?.task.takenBack === undefined || before === undefined || !runs.includes(before)) return run;
    run = before;
  }
}

/**
 * The run that ended with a turn of a session. One that was taken back is none.
 * @param number From 1. Of a turn that was taken several times, the newest. @throws MultiagentError `session.no_turn`.
 * @example
 * const { id, result } = beginSession(orchestrator, { message: 'What does this project do?' });
 * await result;
 * const session = await findSession(orchestrator, id);
 * console.log((await runOfTurn(orchestrator, session, 1)) === id); // true
 */
export async function runOfTurn({ store }: Pick<Workspace, 'store'>, { session, runs }: Session, number: number): Promise<string> {
  let most = 0;
  for (const run of runs) {
    const turn = turnOfRun(await foldRun(store.read(runStream(run))));
    if (turn?.task.takenBack !== undefined || turn?.task.taskType === digestTaskType) continue;
    if (turn?.number === number) return run;
    most = Math.max(most, turn?.number ?? 0);
  }
  throw new MultiagentError({
    category: 'usage',
    code: 'session.no_turn',
    message: `The session ${session} has no turn ${number}; its turns are 1 to ${most}.`,
    hint: `For example: multiagent code --fork ${session}:${Math.max(most, 1)}`,
  });
}
