import { isDeepStrictEqual } from 'node:util';
import { runStream } from '../../events/run-stream.ts';
import { sweepTemporaryFiles } from '../../files/disk/sweep-temporary-files.ts';
import { keepingHere, watchingRequests } from '../../llm/destinations/request-watch.ts';
import { renderTranscript } from '../../llm/transcript.ts';
import { requireAffordable } from '../cost/require-affordable.ts';
import { spendingOf } from '../cost/spending-of.ts';
import { dollarsOf } from '../../utils/format-dollars.ts';
import { processIdentity } from '../../utils/process-identity.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { checkFiles } from '../artifacts/check-files.ts';
import { createRunContext } from './create-run-context.ts';
import { cutOffTasks, isCutOff, isUnfinished } from './cut-off-tasks.ts';
import { driveRun } from './drive-run.ts';
import { placementOf } from './placement-of.ts';
import { usersOfTasks } from '../models/users-of-tasks.ts';
import { modelsOfRun, stoodInReports } from './model-of-run.ts';
import type { RunEnvironment } from '../run-environment.ts';
import { folderOf, runFolders } from '../journal/run-folders.ts';
import type { Report } from '../journal/run-journal.ts';
import { withOwnedRun } from '../journal/own-run.ts';
import type { WorkflowResult } from '../results/run-result.ts';
import type { PlacementPolicy } from '../scheduling/scheduled-task.ts';
import { watchRun } from './watch-run.ts';
import { TaskManager } from '../scheduling/task-manager.ts';
import { requireUnderstood } from './require-understood.ts';
import { type TasksToRetry, tasksToRetry } from './tasks-to-retry.ts';
import { haveResults, requireWritable, writeResults } from '../results/write-results.ts';
import { runComplete } from './run-complete.ts';

export interface ResumeRunOptions {
  environment: RunEnvironment;
  run: string;
  /** `resume`: continue what was cut off. `retry`: repeat the failed tasks, or the named one, and everything that depends on them. */
  how: { type: 'resume' } | { type: 'retry'; task?: string | undefined };
  /** Settings that differ from those of the start, for the record. */
  overrides: Record<string, unknown>;
}

/**
 * Continues a run of this journal: finished activities are not repeated, a reply in flight continues from its saved text, and files are checked by their hash.
 * @throws LeaseHeldError while another process works on it; MultiagentError `run.complete`, `run.nothing_failed`, `run.unknown_task`, `run.not_found`.
 */
export async function resumeRun({ environment, run, how, overrides }: ResumeRunOptions): Promise<WorkflowResult> {
  const { store, clock, outputFolder, workspace, signal, logger } = environment;
  return withOwnedRun({ store, clock, onEvent: environment.onEvent, signal }, run, async ({ state, journal, lease }) => {
    requireUnderstood(state, environment.kinds);
    const folders = runFolders({ output: outputFolder, workspace, run, workflow: state.workflow });
    if (how.type === 'resume' && isOver(state) && !(await haveResults(state, folders))) {
      await journal.append('run', await checkFiles(state, folderOf(folders, 'generated'), store));
      return writeResults(journal.state, folders);
    }
    const { reopened, anew, setAside } = how.type === 'resume' ? interrupted(state) : tasksToRetry(state, how.task, environment.kinds);
    const users = usersOfTasks(state, how.type === 'retry' && how.task !== undefined ? 'all' : 'unfinished', environment);
    const { settings, models } = environment;
    const beginning = renderTranscript({ system: state.preamble ?? '', input: state.input, turns: [], message: '' });
    requireAffordable({ settings, models, users, beginning, left: spendingOf(settings, state).left });
    await requireWritable(folders);
    for (const which of ['generated', 'rejected'] as const) await sweepTemporaryFiles(folderOf(folders, which));
    const { host, pid } = processIdentity;
    const reports: Report[] = [
      {
        type: 'run.resumed',
        data: {
          how: how.type,
          owner: { host, pid },
          overrides: { ...overrides, ...budgetNow(settings, state), ...(settings.private && { private: true }) },
          ...modelsOfRun(models, users),
        },
      },
      ...chosenAnew(environment.routed, state.routed),
      ...stoodInReports(environment.models),
      ...(await checkFiles(state, folderOf(folders, 'generated'), store)),
      ...setAside.flatMap(({ task, status }): Report[] =>
        status === 'pending' ? [] : [{ type: 'task.reopened', data: { task, reason: 'retry' } }],
      ),
      ...reopened.map((task): Report => {
        const goesOn = how.type === 'resume' || (how.task === undefined && isCutOff(task));
        return {
          type: 'task.reopened',
          data: { task: task.task, reason: goesOn ? 'interrupted' : 'retry', ...(anew.has(task.task) && { anew: true }) },
        };
      }),
      ...setAside.map(({ task }): Report => {
        const because = 'the step that it joined the run for is begun anew';
        return { type: 'task.skipped', data: { task, reason: 'condition', because } };
      }),
    ];
    const { ownRuns } = environment;
    const origin = settings.private && state.settings?.['private'] !== true ? await ownRuns?.originOf(state) : undefined;
    await journal.append('run', reports);
    // It is vouched for as a private one from now on.
    if (origin !== undefined && origin !== 'foreign') await ownRuns?.keep(journal.state, origin);
    logger.info('Run resumed', { run, tasks: reopened.map(({ task }) => task) });
    const requests = watchRun();
    await requests.recordIn(journal);
    const goOn = async () => {
      const context = await createRunContext({ environment, journal, folders, maxParallel: state.maxParallel, state });
      const manager = await rebuild(environment, runStream(run), placementOf(context, environment.models));
      return driveRun({ environment, context, manager, folders, lease });
    };
    return watchingRequests(requests.watch, () => (environment.settings.private ? keepingHere('The run', goOn) : goOn()));
  });
}

/** What it may cost from now on, if that is not what it might cost before: today's settings have a say, too. */
function budgetNow({ budget }: RunEnvironment['settings'], before: RunState): { budget?: RunEnvironment['settings']['budget'] } {
  return budget === (before.budget === undefined ? 'none' : dollarsOf(before.budget)) ? {} : { budget };
}

/** What the run asks from now on, if that is not what it has chosen before. */
function chosenAnew(routed: RunEnvironment['routed'], before: RunState['routed']): Report[] {
  return routed === undefined || isDeepStrictEqual(routed, before) ? [] : [{ type: 'model.routed', data: routed }];
}

async function rebuild({ store }: RunEnvironment, stream: string, placement: PlacementPolicy): Promise<TaskManager> {
  let manager: TaskManager | undefined;
  for await (const event of store.read(stream)) {
    if (event.type === 'run.started') manager = new TaskManager({ concurrency: event.data.maxParallel, placement });
    manager?.apply(event);
  }
  return manager ?? new TaskManager({ concurrency: 1 });
}

/** Its owner may have died before the results were on the disk. */
function isOver({ status, tasks }: RunState): boolean {
  return (status === 'completed' || status === 'failed') && !isUnfinished([...tasks.values()]);
}

function interrupted(state: RunState): TasksToRetry {
  const tasks = [...state.tasks.values()];
  if (!isUnfinished(tasks) && state.status !== 'running') throw runComplete(state);
  return { reopened: cutOffTasks(tasks), anew: new Set(), setAside: [] };
}
