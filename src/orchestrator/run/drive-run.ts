import type { Settings } from '../../config/settings-schema.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import { MeasuredSpeeds } from '../../llm/routing/measured-speeds.ts';
import { speedsOfRun } from '../routing/speeds-of-run.ts';
import { countTasks } from '../../state/run/ended-tasks.ts';
import { describeError } from '../../utils/describe-error.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { handOver } from '../hand-over.ts';
import type { HeldLease } from '../journal/hold-lease.ts';
import { InProcessExecutor } from '../scheduling/in-process-executor.ts';
import { RemoteExecutor } from '../remote/remote-executor.ts';
import type { RunContext } from '../run-context.ts';
import type { RunEnvironment } from '../run-environment.ts';
import { folderOf, type RunFolders } from '../journal/run-folders.ts';
import type { Report, RunJournal } from '../journal/run-journal.ts';
import { PersonDesk } from '../decisions/person-desk.ts';
import { restOfRun, restsForBudget } from './rest-of-run.ts';
import { runFinished } from './run-finished.ts';
import { RunSignals } from './run-signals.ts';
import { runLoop } from '../scheduling/run-loop.ts';
import type { WorkflowResult } from '../results/run-result.ts';
import { unmetDemands } from '../results/unmet-demands.ts';
import { unverified } from '../results/unverified.ts';
import { shareBeginnings } from '../conversation/share-beginnings.ts';
import type { TaskManager } from '../scheduling/task-manager.ts';
import { writeResults } from '../results/write-results.ts';
import { projectOnDisk } from '../project-folder.ts';

export interface DriveRunOptions {
  environment: RunEnvironment;
  context: RunContext;
  manager: TaskManager;
  folders: RunFolders;
  lease: HeldLease;
}

/**
 * Takes a run from where its journal stands to its end, and writes its results. An abort with the code `run.cancelled` is final; any other abort leaves
 * the run interrupted, and it can be resumed later. A run that only waits is left waiting and can be resumed, too, unless the wait is short or the caller stays.
 */
export async function driveRun({ environment, context, manager, folders, lease }: DriveRunOptions): Promise<WorkflowResult> {
  const { settings, bus, clock, logger, agentOf, store, whileWaiting, person, workspace } = environment;
  const { journal, run } = context;
  const since = clock.now();
  const signals = new RunSignals({
    store,
    journal,
    after: lease.signalsBefore,
    onFailure: (error) => logger.error('Signals can no longer be heard', { run, error }),
  });
  const signal = AbortSignal.any([environment.signal, signals.cancelled, lease.lost]);
  const forget = journal.listen((event) => manager.apply(event));
  const unlisten = bus.listen(async ({ fromAgent, toAgent, messageType, content, run: origin = run }) => {
    // The same team may have another run under way.
    if (origin !== run) return;
    await journal.append(fromAgent, [{ type: 'message.sent', data: { from: fromAgent, to: toAgent, messageType, content } }], 'normal');
  });
  const here = new InProcessExecutor(context, environment.kinds);
  const executor = new RemoteExecutor({ run: context, kinds: environment.kinds, here });
  let askAgain = () => {};
  const desk =
    person === undefined
      ? undefined
      : new PersonDesk({
          ask: person,
          store,
          journal,
          disk: folderOf(folders, 'generated'),
          project: projectOnDisk(workspace, journal.state.input),
          logger,
          onIdle: () => askAgain(),
        });
  const handOverFrom = async (task: string) => {
    if (settings.enable_message_bus) await handOver({ state: journal.state, task, agentOf, bus, now: clock.now() });
  };
  try {
    // The last owner may have died between the end of a task and its hand-over.
    const inherited = new Set(journal.state.inherits?.tasks);
    for (const { task } of journal.state.tasks.values()) if (!inherited.has(task)) await handOverFrom(task);
    const loop = () =>
      runLoop({
        journal,
        manager,
        executor,
        kinds: environment.kinds,
        modelOf: (task) => nameOfModel(context, task),
        agentOf,
        taskRetries: settings.task_retry_attempts,
        clock,
        signal,
        stopped: (task) =>
          isCancel(signal) ? { type: 'task.cancelled', data: { task } } : { type: 'task.waiting', data: { task, reason: 'interrupted' } },
        async beforeStart(starting, all) {
          await journal.append('scheduler', await shareBeginnings({ run: context, starting, signal: all }));
        },
        onTaskEnded: handOverFrom,
        mayRest: () =>
          (whileWaiting === 'rest' || restsForBudget(journal.state)) &&
          desk?.busy !== true &&
          restOfRun(journal.state, clock.now()) !== undefined,
        onAsked: (again) => (askAgain = again),
      });
    desk?.look();
    for (let ended = false; !ended;) {
      await loop();
      lease.lost.throwIfAborted();
      // Signals sent so far are not ignored: one may be what the run waits for.
      if (!manager.finished && !signal.aborted) await signals.caughtUp();
      ended =
        (
          await journal.append('run', () =>
            ending(journal, { now: clock.now(), signal, finished: manager.finished, verify: settings.verify }),
          )
        ).length > 0;
    }
  } catch (error) {
    // The new owner of the run writes its end.
    if ((error as { code?: string }).code === 'lease.lost') throw lostRun(run, error);
    logger.error('The run ended unexpectedly', { run, error });
    // The error that ended the run may also keep its end from being written; the first error is the one to report.
    try {
      await journal.append('run', [runFinished(journal.state, { now: clock.now(), status: 'failed', error: describeError(error) })]);
      await writeResults(journal.state, folders);
    } catch (second) {
      logger.error('The end of the run could not be written', { run, error: second });
    }
    throw error;
  } finally {
    await desk?.close();
    unlisten();
    forget();
    await signals.close();
  }
  logger.info('Run ended', { run, status: journal.state.status });
  if (environment.cacheFolder !== undefined) await new MeasuredSpeeds(environment.cacheFolder).add(speedsOfRun(journal.state, since));
  return writeResults(journal.state, folders);
}

/** An error here is reported when the task asks for it. */
function nameOfModel({ journal, modelOf }: RunContext, task: TaskRecord): string | undefined {
  // In a run with one model, a step that names one of its own asks another.
  if (journal.state.models === undefined && task.model === undefined) return undefined;
  try {
    return modelOf(task).name;
  } catch {
    return undefined;
  }
}

function isCancel(signal: AbortSignal): boolean {
  return signal.aborted && (signal.reason as { code?: string } | undefined)?.code === 'run.cancelled';
}

/** How a run stands that nobody works on any more; undefined if there is something left to do. */
function ending(
  journal: RunJournal,
  { now, signal, finished, verify }: { now: number; signal: AbortSignal; finished: boolean; verify: Settings['verify'] },
): Report[] {
  const tasks = [...journal.state.tasks.values()];
  const { held } = journal.state;
  if (!finished && !signal.aborted && held !== undefined)
    return [{ type: 'run.interrupted', data: { reason: `It was paused by ${held.by}.`, tasks: countTasks(journal.state.tasks) } }];
  if (!finished && !signal.aborted) {
    const rest = restOfRun(journal.state, now);
    return rest === undefined ? [] : [{ type: 'run.waiting', data: { ...rest, tasks: countTasks(journal.state.tasks) } }];
  }
  const open = tasks.some(({ status }) => status !== 'completed' && status !== 'failed' && status !== 'skipped');
  if (open && signal.aborted) {
    if (isCancel(signal)) return [runFinished(journal.state, { now, status: 'cancelled' })];
    return [{ type: 'run.interrupted', data: { reason: describeError(signal.reason).message, tasks: countTasks(journal.state.tasks) } }];
  }
  const failed = tasks.filter(({ status }) => status === 'failed');
  const first = failed[0]?.error;
  // One task of a cancelled run was repeated; nobody asked for the other cancelled ones.
  if (failed.length === 0 && open) return [runFinished(journal.state, { now, status: 'cancelled' })];
  if (failed.length === 0) {
    const unmet = unmetDemands(journal.state) ?? (verify === 'required' ? unverified(journal.state) : undefined);
    return [runFinished(journal.state, unmet === undefined ? { now, status: 'completed' } : { now, status: 'failed', error: unmet })];
  }
  if (first === undefined) return [runFinished(journal.state, { now, status: 'failed' })];
  const error = { ...first, message: `${failed.map(({ task }) => task).join(', ')}: ${first.message}` };
  return [runFinished(journal.state, { now, status: 'failed', error })];
}

function lostRun(run: string, cause: unknown): MultiagentError {
  return new MultiagentError({
    code: 'run.taken_over',
    message: `Another process has taken the run ${run} over while this one did not answer. Nothing more was written here.`,
    hint: `"multiagent status ${run}" shows how it goes on.`,
    cause,
  });
}
