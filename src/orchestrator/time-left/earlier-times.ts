import type { EventData } from '../../events/run-stream-events.ts';
import { runStream } from '../../events/run-stream.ts';
import { innerTasks } from '../../state/run/inner-tasks.ts';
import { listRuns } from '../../state/run/list-runs.ts';
import { foldRun, type RunState, type TaskRecord } from '../../state/run/run-state.ts';
import { timeWorked } from '../../state/run/usage-of-run.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import type { EarlierTime } from './time-left.ts';

/** What must be the same for the times of a run to say something about another one. */
export type SimilarRun = Pick<EventData<'run.started'>, 'workflow' | 'model' | 'models'>;

/** Times of earlier runs, and how many these were. */
export interface EarlierTimes {
  times: EarlierTime[];
  runs: number;
}

/** Among so many of the newest completed runs similar ones are looked for, and so many of them tell. */
const looked = 30;
const mostRead = 5;
const mostTold = 3;

/**
 * How long the steps of the newest completed runs took that had the same workflow and the same models. A run that cannot be read tells nothing, and neither does one that
 * builds on another, because others have done a part of it.
 */
export async function earlierTimes(store: EventStore, run: SimilarRun): Promise<EarlierTimes> {
  const listed = (await listRuns(store, { status: 'completed', limit: looked })).filter(
    ({ workflow, inherits }) => workflow === run.workflow && inherits === undefined,
  );
  const asked = modelsOf(run);
  const told: EarlierTime[][] = [];
  for (const { run: id } of listed.slice(0, mostRead)) {
    if (told.length === mostTold) break;
    const state = await foldRun(store.read(runStream(id))).catch(() => undefined);
    if (state !== undefined && state.laterModels.length === 0 && modelsOf(state) === asked) told.push(timesOf(state));
  }
  return { times: told.flat(), runs: told.length };
}

function timesOf(state: RunState): EarlierTime[] {
  return [...state.tasks.values()].flatMap((task) => {
    // Steps within another one are in its time.
    if (task.parent !== undefined || waitedForOthers(state, task)) return [];
    if (task.status === 'skipped' && task.skipped?.reason === 'condition') return [{ task: task.task, milliseconds: 0 }];
    if (task.status !== 'completed' || task.completedAt === undefined || task.startedAt === undefined) return [];
    return [{ task: task.task, milliseconds: timeWorked(task, task.completedAt) }];
  });
}

/** How long people and signals take says nothing about the next time. */
function waitedForOthers(state: RunState, task: TaskRecord): boolean {
  const waited = task.question !== undefined || task.decisions !== undefined || task.kind === 'wait';
  return waited || innerTasks(state, task.task).some((inner) => waitedForOthers(state, inner));
}

/** The same for runs that ask the same models at the same places; a server may have another port each time. */
function modelsOf({ model, models = {} }: SimilarRun): string {
  const place = ({ name, engine, address }: SimilarRun['model']) => [
    name,
    engine,
    URL.canParse(address) ? new URL(address).hostname : address,
  ];
  const others = Object.entries(models).map(([name, each]) => [name, place(each)] as const);
  return JSON.stringify([place(model), others.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}
