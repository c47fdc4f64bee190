import { loadTeamInstructions } from '../agents/team-instructions.ts';
import type { BaseAgent } from '../agents/base-agent.ts';
import type { Settings } from '../config/settings-schema.ts';
import { FileWriter } from '../files/file-writer.ts';
import type { ModelConnection } from '../llm/model-connection.ts';
import { requestContext } from '../llm/request-context.ts';
import type { EventStore } from '../state/event-store.ts';
import type { Clock } from '../utils/clock.ts';
import { describeError } from '../utils/describe-error.ts';
import type { Logger } from '../utils/logger.ts';
import { createRunId } from '../utils/run-id.ts';
import { productVersion } from '../utils/product-version.ts';
import { beginRun } from './begin-run.ts';
import { chooseParallel } from './choose-parallel.ts';
import { handOver } from './hand-over.ts';
import { InProcessExecutor } from './in-process-executor.ts';
import type { MessageBus } from './message-bus.ts';
import { roleModels } from './role-models.ts';
import type { RunContext } from './run-context.ts';
import { runFolders } from './run-folders.ts';
import { type EventListener, RunJournal } from './run-journal.ts';
import { runLoop } from './run-loop.ts';
import type { WorkflowResult } from './run-result.ts';
import type { StepKindRegistry } from './step-kinds/step-kind-registry.ts';
import { TaskManager } from './task-manager.ts';
import type { Workflow } from './workflow.ts';
import { requireWritable, writeResults } from './write-results.ts';

export interface ExecuteRunOptions {
  workflow: Workflow;
  settings: Settings;
  workspace: string;
  /** Absolute. */
  outputFolder: string;
  connection: ModelConnection;
  store: EventStore;
  kinds: StepKindRegistry;
  agentOf: (role: string) => BaseAgent;
  bus: MessageBus;
  clock: Clock;
  logger: Logger;
  signal: AbortSignal;
  onEvent?: EventListener | undefined;
}

/** One run from its first event to its results. */
export async function executeRun(options: ExecuteRunOptions): Promise<WorkflowResult> {
  const { workflow, settings, connection, store, agentOf, bus, clock, logger, signal } = options;
  const run = createRunId(clock.now());
  const folders = runFolders({ output: options.outputFolder, run, workflow: workflow.definition.name });
  await requireWritable(folders);

  const instructions = loadTeamInstructions();
  const modelOf = roleModels(settings, connection);
  const plan = chooseParallel({
    wanted: settings.max_concurrent_agents,
    slots: connection.server.slots,
    contextOf: (atOnce) => requestContext(connection.server, atOnce),
    steps: workflow.definition.steps,
  });
  const journal = new RunJournal({ store, run, clock, onEvent: options.onEvent });
  const context: RunContext = {
    run,
    journal,
    preamble: (length) => instructions.preamble(length),
    agentOf,
    modelOf,
    files: new FileWriter({ folder: folders.generated, keepContent: (content) => store.putContent(content) }),
    contextTokens: requestContext(connection.server, plan.maxParallel),
    callRetries: settings.llm_max_retries,
    retryDelayMilliseconds: 1000,
    taskTimeoutMilliseconds: settings.task_timeout === undefined ? undefined : settings.task_timeout * 1000,
    clock,
    logger,
  };
  const manager = new TaskManager({ concurrency: plan.maxParallel });
  const preamble = instructions.preamble(modelOf(workflow.definition.steps[0]?.role ?? '').style.length);
  const reports = await beginRun({
    run,
    workflow,
    plan,
    connection,
    layout: settings.prompt_layout,
    output: options.outputFolder,
    productVersion: productVersion(),
    preamble,
    agentOf,
    modelOf,
    now: clock.now(),
  });
  for (const event of await journal.append('run', reports)) manager.apply(event);
  logger.info('Run started', {
    run,
    workflow: workflow.definition.name,
    model: connection.defaultModel,
    address: connection.server.address,
  });

  const unlisten = bus.listen(async ({ fromAgent, toAgent, messageType, content }) => {
    await journal.append(fromAgent, [{ type: 'message.sent', data: { from: fromAgent, to: toAgent, messageType, content } }], 'normal');
  });
  try {
    await runLoop({
      journal,
      manager,
      executor: new InProcessExecutor(context, options.kinds),
      agentOf,
      taskRetries: settings.task_retry_attempts,
      clock,
      signal,
      onTaskEnded: async (task) => {
        if (settings.enable_message_bus) await handOver({ state: journal.state, task, agentOf, bus, now: clock.now() });
      },
    });
    await finish(journal, clock, signal);
  } catch (error) {
    logger.error('The run ended unexpectedly', { run, error });
    await journal.append('run', [
      {
        type: 'run.finished',
        data: { status: 'failed', durationMilliseconds: clock.now() - journal.state.startedAt, error: describeError(error) },
      },
    ]);
    await writeResults(journal.state, folders);
    throw error;
  } finally {
    unlisten();
  }
  logger.info('Run finished', { run, status: journal.state.status });
  return writeResults(journal.state, folders);
}

async function finish(journal: RunJournal, clock: Clock, signal: AbortSignal): Promise<void> {
  const tasks = [...journal.state.tasks.values()];
  const failed = tasks.filter(({ status }) => status === 'failed');
  const unfinished = tasks.some(({ status }) => status !== 'completed' && status !== 'failed' && status !== 'skipped');
  const status = signal.aborted && unfinished ? 'cancelled' : failed.length > 0 ? 'failed' : 'completed';
  const first = failed[0]?.error;
  const error =
    status === 'failed' && first ? { ...first, message: `${failed.map(({ task }) => task).join(', ')}: ${first.message}` } : undefined;
  await journal.append('run', [
    { type: 'run.finished', data: { status, durationMilliseconds: clock.now() - journal.state.startedAt, error } },
  ]);
}
