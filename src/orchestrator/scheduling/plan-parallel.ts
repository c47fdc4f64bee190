import { estimatePromptTokens, estimateTokens } from '../../llm/budget/estimate-tokens.ts';
import { requestContext } from '../../llm/budget/request-context.ts';
import { renderTranscript, type TranscriptInput } from '../../llm/transcript.ts';
import { chooseParallel, mostAtOnce, type ParallelOptions, type ParallelPlan, takingTurns } from './choose-parallel.ts';
import { foreseenTasks } from './foreseen-tasks.ts';
import type { RunEnvironment } from '../run-environment.ts';
import type { Workflow } from '../workflow.ts';

export interface PlanParallelOptions {
  environment: Pick<RunEnvironment, 'settings' | 'models' | 'routed' | 'logger' | 'signal' | 'kinds'>;
  workflow: Pick<Workflow, 'definition'>;
  /** What every prompt begins with. */
  input: TranscriptInput;
}

/** What one request can rely on however many tasks then run at once: known before anything is measured. Undefined where no server tells. */
export function contextAtMost(of: Pick<PlanParallelOptions, 'workflow'> & { environment: Bounds }): number | undefined {
  const options = boundsOf(of);
  return options.contextOf(mostAtOnce(options));
}

type Bounds = Pick<PlanParallelOptions['environment'], 'settings' | 'models' | 'kinds'>;

function boundsOf({ environment, workflow }: Pick<PlanParallelOptions, 'workflow'> & { environment: Bounds }): ParallelOptions {
  const { settings, models } = environment;
  const connections = [...models.connections.values()];
  const slots = connections.map(({ server }) => server.slots);
  return {
    wanted: settings.max_concurrent_agents,
    slots: slots.every((count) => count !== undefined) ? slots.reduce((sum, count) => sum + count, 0) : undefined,
    servers: models.main.servers?.length,
    contextOf: (atOnce) => least(connections.map((connection) => requestContext(connection, atOnce))),
    steps: foreseenTasks(workflow.definition.steps, (step) => environment.kinds.innerOf(step)),
  };
}

/** Assumed sizes of a step's message and reply, in tokens, before anything is known. Wrong sizes lead to a slower choice, never to worse results. */
const usual = { instructions: 200, reply: 600 };

/** Chooses how many tasks run at once. The server is measured only if the person left the choice open and both the workflow and the server allow several. */
export async function planParallel({ environment, workflow, input }: PlanParallelOptions): Promise<ParallelPlan> {
  const options = boundsOf({ environment, workflow });
  const most = mostAtOnce(options);
  if (options.wanted === 'auto' && environment.routed?.changes !== undefined) return takingTurns();
  return chooseParallel(
    // A measurement of one model says nothing about several.
    options.wanted === 'auto' && most > 1 && environment.models.connections.size === 1
      ? { ...options, measured: await measure({ environment, workflow, input }, most) }
      : options,
  );
}

async function measure(
  { environment: { settings, models, logger, signal }, workflow, input }: PlanParallelOptions,
  atOnce: number,
): Promise<ParallelOptions['measured']> {
  const connection = models.main;
  const speed = await connection.slots?.speed(atOnce, signal);
  if (speed === undefined) return undefined;
  const copies = (await connection.slots?.canFork(signal)) === true ? 'kept' : 'none';
  logger.debug('The model server with several requests at once', { ...speed, copies });
  const messages = renderTranscript({ system: '', input, turns: [], message: '' });
  const description = Math.max(...workflow.definition.steps.map((step) => estimateTokens(step.description)));
  const sizes = {
    base: estimatePromptTokens(messages),
    message: usual.instructions + description,
    reply: Math.min(usual.reply, settings.llm_max_tokens ?? usual.reply),
  };
  return { speed, copies, sizes };
}

function least(known: (number | undefined)[]): number | undefined {
  const told = known.filter((count) => count !== undefined);
  return told.length === 0 ? undefined : Math.min(...told);
}
