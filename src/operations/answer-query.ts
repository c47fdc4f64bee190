import { type BotserverAgent, botserverAgents } from '../llm/providers/botserver/botserver-agents.ts';
import { agentDuties } from './agent-duties.ts';
import type { AgentOrchestrator } from '../orchestrator/agent-orchestrator.ts';
import type { ExecuteWorkflowOptions } from '../orchestrator/execute-options.ts';
import type { Workflow } from '../orchestrator/workflow.ts';
import { runStream } from '../events/run-stream.ts';
import { foldRun } from '../state/run/run-state.ts';
import type { ErrorDescription } from '../utils/describe-error.ts';
import { repliesOf } from '../state/run/activities-of.ts';
import { replyOfTurn } from '../state/run/turn-of.ts';
import { usageOfRun } from '../state/run/usage-of-run.ts';
import { createRunId } from '../utils/run-id.ts';

/** A question to one agent. */
export interface AgentQuery {
  agent: BotserverAgent;
  /** The whole question. */
  query: string;
}

/** What came of a question to an agent. */
export interface AgentAnswer {
  /** The reply, byte for byte; where there is none, why. */
  output: string;
  /** 0: the reply is a result. 1: there is none, or none that is one. */
  exitCode: 0 | 1;
  /** The run that it was asked in: nothing of it is lost. */
  run: string;
  role: string;
  /** `stop`: the reply is whole. Any other word: how it ends is missing. */
  finishReason: string;
  /** Of prompt and reply; unknown counts are absent. */
  usage: { promptTokens?: number | undefined; replyTokens?: number | undefined };
  /** Why there is no result. */
  error?: ErrorDescription | undefined;
}

/**
 * Asks the team one question, as an agent of a botserver: a run of one step. Its reply is a text; files in it are quoted and not written.
 * @throws MultiagentError for what keeps a run from beginning, and `run.interrupted` or `run.cancelled` where it was stopped.
 * @example
 * const { output, exitCode } = await answerQuery(orchestrator, { agent: 'planner', query: 'What comes first in a shop?' });
 * console.log(exitCode === 0 ? output : `No answer: ${output}`);
 */
export async function answerQuery(
  orchestrator: AgentOrchestrator,
  query: AgentQuery,
  options: Pick<ExecuteWorkflowOptions, 'signal' | 'runsAtOnce'> = {},
): Promise<AgentAnswer> {
  const run = createRunId(orchestrator.clock.now());
  const { role } = agentDuties()[query.agent];
  await orchestrator.executeWorkflow(workflowOf(query), { whileWaiting: 'stay', ...options, run });
  options.signal?.throwIfAborted();
  const state = await foldRun(orchestrator.store.read(runStream(run)));
  const { promptTokens, replyTokens } = usageOfRun(state);
  const told = { run, role, usage: { promptTokens, replyTokens } };
  const task = state.tasks.get(step);
  const reply = task && (task.turn === undefined ? repliesOf(task).at(-1) : replyOfTurn(task.turn, state));
  const { text = '', finishReason = 'stop' } = reply ?? {};
  if (task?.status === 'completed') return { output: text, exitCode: 0, finishReason, ...told };
  const error = task?.error ?? state.error ?? { code: 'run.failed', message: 'The question was not answered.' };
  return { output: `${error.message}\n${text}`.trim(), exitCode: 1, finishReason, ...told, error };
}

const step = 'answer';

function workflowOf({ agent, query }: AgentQuery): Workflow {
  const { role, as } = agentDuties()[agent];
  const title = `A question to the agent ${agent} (Mantis #${botserverAgents.indexOf(agent) + 1})`;
  const only = {
    id: step,
    kind: 'agent' as const,
    role,
    task_type: 'answer',
    description: `You answer as ${as}.`,
    depends_on: [],
    expects: 'text' as const,
    priority: 1,
  };
  return { definition: { name: 'agent_query', title, description: title, steps: [only] }, requirement: query, files: [], context: {} };
}
