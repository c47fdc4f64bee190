import type { ModelConnection } from '../llm/model-connection.ts';
import { estimateTokens } from '../llm/estimate-tokens.ts';
import { planReplyCaps } from '../llm/plan-reply-caps.ts';
import { requestContext } from '../llm/request-context.ts';
import { renderTranscript } from '../llm/transcript.ts';
import type { BaseAgent } from '../agents/base-agent.ts';
import type { ParallelPlan } from './choose-parallel.ts';
import type { Report } from './run-journal.ts';
import type { RoleModel } from './run-context.ts';
import { ancestorsOf } from './visible-turns.ts';
import type { Workflow } from './workflow.ts';

export interface BeginRunOptions {
  run: string;
  workflow: Workflow;
  plan: ParallelPlan;
  connection: ModelConnection;
  layout: 'shared' | 'per_role';
  /** Where results go, as it is kept with the run. */
  output: string;
  productVersion: string;
  /** The system message of the tasks. */
  preamble: string;
  agentOf: (role: string) => BaseAgent;
  modelOf: (role: string) => RoleModel;
  now: number;
}

/** The first events of a run: what it is, its tasks, and what each reply may take. */
export async function beginRun(options: BeginRunOptions): Promise<Report[]> {
  const { run, workflow, plan, connection, layout, output, productVersion } = options;
  const { definition, requirement, files, context } = workflow;
  const { server } = connection;
  const known = <Value>(key: string, value: Value | undefined) => (value === undefined ? {} : { [key]: value });
  return [
    {
      type: 'run.started',
      data: {
        run,
        workflow: definition.name,
        definition,
        input: { requirement, files },
        context,
        model: {
          name: connection.defaultModel,
          address: server.address,
          engine: server.engine,
          ...known('contextTokens', server.contextTokens),
          ...known('slots', server.slots),
          ...known('release', server.release),
        },
        transcript: { turns: plan.turns, layout, reason: plan.reason },
        maxParallel: plan.maxParallel,
        output,
        productVersion,
      },
    },
    ...definition.steps.map((step, index): Report => ({
      type: 'task.added',
      data: {
        task: step.id,
        kind: step.kind,
        role: step.role,
        taskType: step.task_type,
        description: step.description,
        expects: step.expects,
        dependencies: step.depends_on,
        priority: step.priority,
        number: index + 1,
      },
    })),
    ...(await budget(options)),
  ];
}

/** Nothing is planned where the context is not known: the server then cuts where it must. */
async function budget({ workflow, plan, connection, preamble, agentOf, modelOf, now }: BeginRunOptions): Promise<Report[]> {
  const contextTokens = requestContext(connection.server, plan.maxParallel);
  if (contextTokens === undefined) return [];
  const { steps } = workflow.definition;
  const messages = steps.map((step, index) =>
    agentOf(step.role).composeMessage(
      {
        taskId: step.id,
        taskType: step.task_type,
        description: step.description,
        expects: step.expects,
        step: { number: index + 1, of: steps.length },
        context: workflow.context,
        priority: step.priority,
        dependencies: step.depends_on,
        createdAt: now,
      },
      modelOf(step.role).style,
    ),
  );
  const transcript = renderTranscript({ system: preamble, input: workflow, turns: [], message: messages.join('\n\n') });
  const fixedTokens =
    (await connection.model().countTokens(transcript)) ??
    transcript.reduce((sum, { content }) => sum + content.reduce((tokens, { text }) => tokens + estimateTokens(text), 0), 0);
  const dependenciesOf = (id: string) => steps.find((step) => step.id === id)?.depends_on ?? [];
  const replyCaps = planReplyCaps({
    contextTokens,
    fixedTokens,
    tasks: steps.map(({ id, expects }, index) => ({
      task: id,
      expects,
      before: plan.turns === 'linear' ? steps.slice(0, index).map((step) => step.id) : [...ancestorsOf(id, dependenciesOf)],
    })),
  });
  return [{ type: 'run.budgeted', data: { contextTokens, replyCaps: Object.fromEntries(replyCaps) } }];
}
