import { redactSettings } from '../../config/redact-settings.ts';
import type { RunFolder } from '../../files/disk/run-folder.ts';
import { keepingHere, watchingRequests } from '../../llm/destinations/request-watch.ts';
import { productVersion } from '../../utils/product-version.ts';
import { createRunId } from '../../utils/run-id.ts';
import { runStream } from '../../events/run-stream.ts';
import { renderBaseList } from '../../project/base-list.ts';
import type { ChosenFiles } from '../../project/choosing/chosen-files.ts';
import { renderTranscript } from '../../llm/transcript.ts';
import { earlierCosts } from '../cost/earlier-costs.ts';
import { requireAffordable } from '../cost/require-affordable.ts';
import { spendingOf } from '../cost/spending-of.ts';
import { modelUsersOf } from '../models/model-user.ts';
import type { ReadAhead } from './read-ahead.ts';
import { beginRun, type BeginRunOptions, type Inheritance } from './begin-run.ts';
import { createRunContext } from './create-run-context.ts';
import { driveRun } from './drive-run.ts';
import type { HeldLease } from '../journal/hold-lease.ts';
import { withLease } from '../journal/own-run.ts';
import { placementOf } from './placement-of.ts';
import { planParallel } from '../scheduling/plan-parallel.ts';
import type { RunEnvironment } from '../run-environment.ts';
import { folderOf, keptOutput, runFolders } from '../journal/run-folders.ts';
import { type Report, RunJournal } from '../journal/run-journal.ts';
import { requireUnderstood } from './require-understood.ts';
import type { WorkflowResult } from '../results/run-result.ts';
import { knowProject, recordedProject } from './know-project.ts';
import { standingFiles } from '../artifacts/standing-files.ts';
import { watchRun } from './watch-run.ts';
import { TaskManager } from '../scheduling/task-manager.ts';
import { resolveInputs } from '../../workflows/resolve-inputs.ts';
import { inStepOrder, type Workflow } from '../workflow.ts';
import { requireWritable } from '../results/write-results.ts';

export interface ExecuteRunOptions {
  environment: RunEnvironment;
  workflow: Workflow;
  inherited?: Inheritance | undefined;
  /** The files of the project that it may know of, if it takes over nothing. Absent: none. */
  chosen?: ChosenFiles | undefined;
  /** How much of its first prompt was read before it began. */
  ahead?: ReadAhead | undefined;
  /** Default: a new one. */
  run?: string | undefined;
}

/** A new run, from its first event to its results. */
export async function executeRun({
  environment,
  workflow: given,
  inherited,
  chosen,
  ahead,
  run: wanted,
}: ExecuteRunOptions): Promise<WorkflowResult> {
  const workflow = { ...inStepOrder(given), ...resolveInputs(given.definition, given) };
  const { settings, models, store, clock, logger, agentOf, outputFolder, workspace } = environment;
  if (inherited !== undefined) requireUnderstood(inherited.state, environment.kinds);
  const run = wanted ?? createRunId(clock.now());
  const folders = runFolders({ output: outputFolder, workspace, run, workflow: workflow.definition.name });
  await requireWritable(folders);

  const requests = watchRun();
  const work = async (lease: HeldLease) => {
    const input = await inputOf({ environment, workflow, inherited, chosen, run });
    const plan = await planParallel({ environment, workflow, input });
    const journal = new RunJournal({ store, run, clock, onEvent: environment.onEvent, lease: () => lease.current });
    const inheritedFiles = inherited ? await inheritFiles(inherited, folderOf(folders, 'generated'), environment) : undefined;
    const context = await createRunContext({ environment, journal, folders, maxParallel: plan.maxParallel, state: inheritedFiles });
    const { modelOf } = context;
    const users = modelUsersOf(workflow.definition, environment);
    const { style } = modelOf(users[0]);
    const preamble = context.preamble(style.length);
    const beginning = renderTranscript({ system: preamble, input, turns: [], message: '' });
    requireAffordable({ settings, models, users, beginning, left: spendingOf(settings).left });
    const manager = new TaskManager({ concurrency: plan.maxParallel, placement: placementOf(context, models) });
    const reports = await beginRun({
      run,
      workflow,
      input,
      plan,
      models,
      routed: environment.routed,
      users,
      layout: style.layout,
      output: keptOutput(workspace, outputFolder),
      productVersion: productVersion(),
      settings: redactSettings(settings),
      inherited,
      preamble,
      agentOf,
      modelOf,
      kinds: environment.kinds,
      earlier: () => earlierCosts(store, workflow.definition.name),
      now: clock.now(),
    });
    if (ahead?.usage.readTokens !== undefined)
      reports.push({ type: 'prompt_cache.prepared', data: { purpose: 'ahead', tasks: [], copies: 'none', ...ahead } });
    await vouchFor(reports[0], environment);
    for (const event of await journal.append('run', reports)) manager.apply(event);
    await requests.recordIn(journal);
    logger.info('Run started', {
      run,
      workflow: workflow.definition.name,
      model: models.main.defaultModel,
      address: models.main.server.address,
    });
    return driveRun({ environment, context, manager, folders, lease });
  };
  return withLease({ store, run, signal: environment.signal }, (lease) =>
    watchingRequests(requests.watch, () => (settings.private ? keepingHere('The run', () => work(lease)) : work(lease))),
  );
}

/**
 * What the run is to work on. A run that builds on another knows of the project what that one knew: what it takes over was said with that before it, and stays
 * the beginning of every prompt.
 */
async function inputOf({
  environment,
  workflow,
  inherited,
  chosen,
  run,
}: ExecuteRunOptions & { run: string }): Promise<BeginRunOptions['input']> {
  const { store } = environment;
  const { requirement, files } = workflow;
  const keep = (content: Uint8Array) => store.putContent(content, { stream: runStream(run) });
  if (inherited !== undefined) {
    const { project } = inherited.state.input;
    const list = project === undefined ? undefined : await store.getContent(project.base);
    if (list !== undefined) await keep(list);
    return project === undefined ? { requirement, files } : { requirement, files, project };
  }
  const knowledge = await knowProject({ environment, workflow, chosen });
  if (knowledge === undefined) return { requirement, files };
  const base = await keep(Buffer.from(renderBaseList(knowledge.base)));
  return { requirement, files: knowledge.files, project: recordedProject(knowledge, base) };
}

/** Recorded before the journal knows the run, so that a run started here never counts as foreign. If recording fails, the person is only asked later. */
async function vouchFor(started: Report | undefined, { ownRuns, logger }: RunEnvironment): Promise<void> {
  if (ownRuns === undefined || started?.type !== 'run.started') return;
  await ownRuns
    .keep(started.data, 'own')
    .catch((error: unknown) => logger.warn('Could not record that this run was started here', { error }));
}

/** The files of inherited tasks are also in the new run's folder. */
async function inheritFiles({ state, tasks }: Inheritance, disk: RunFolder, { store }: RunEnvironment): Promise<Inheritance['state']> {
  const taken = new Set(tasks.map(({ task }) => task));
  const inherited = {
    ...state,
    artifacts: state.artifacts.filter(({ task }) => taken.has(task)),
    removals: state.removals.filter(({ task }) => taken.has(task)),
  };
  for (const { path, sha256 } of standingFiles(inherited)) {
    const content = await store.getContent(sha256);
    if (content !== undefined) await disk.write(path, content);
  }
  return inherited;
}
