import { isAgentStep } from '../../workflows/workflow-schema.ts';
import type { BaseAgent } from '../../agents/base-agent.ts';
import { loadTeamInstructions } from '../../agents/team-instructions.ts';
import { serversOf } from '../../config/server-addresses.ts';
import type { Settings } from '../../config/settings-schema.ts';
import type { Usage } from '../../events/usage.ts';
import type { ModelConnection } from '../../llm/model-connection.ts';
import { normaliseAddress } from '../../llm/server/find-model-server.ts';
import { renderTranscript } from '../../llm/transcript.ts';
import { isLoopbackAddress } from '../../utils/loopback.ts';
import { taskOfStep } from './begin-run.ts';
import { roleModels } from './role-models.ts';
import { inStepOrder, type Workflow } from '../workflow.ts';

export interface ReadAheadOptions {
  settings: Settings;
  connection: ModelConnection;
  agentOf: (role: string) => BaseAgent;
  workflow: Workflow;
  now: number;
  /** Aborting ends the reading; what was read stays read. */
  signal: AbortSignal;
}

/** What was read before a run. */
export interface ReadAhead {
  usage: Usage;
  /** Where there are several servers: the one that has read it. */
  server?: string | undefined;
}

/**
 * Has the server read the first prompt of a run that has not begun. Nothing leaves this machine for it: what a person has not yet agreed to send is read
 * by a server on this machine only, and where one of several is elsewhere by none of them.
 */
export async function readAhead({ settings, connection, agentOf, workflow, now, signal }: ReadAheadOptions): Promise<ReadAhead> {
  const { steps } = inStepOrder(workflow).definition;
  const roots = steps.filter(({ depends_on }) => depends_on.length === 0);
  const step = roots.toSorted((a, b) => b.priority - a.priority)[0];
  const { server } = connection;
  // Also those that do not answer yet.
  const addresses = [server.address, ...serversOf(settings.llm_base_url).map(({ address }) => normaliseAddress(address))];
  if (step === undefined || !isAgentStep(step) || server.engine === 'embedded' || !addresses.every(isLoopbackAddress)) return { usage: {} };
  const { model, style, limitsOf } = roleModels(settings, connection)(step.role);
  const agent = agentOf(step.role);
  const task = taskOfStep({ step, number: steps.indexOf(step) + 1, of: steps.length, context: workflow.context, now });
  const system = style.layout !== 'per_role' ? loadTeamInstructions().preamble(style.length) : agent.getSystemPrompt(style);
  const messages = renderTranscript({ system, input: workflow, turns: [], message: agent.composeMessage(task, style) });
  const prepared = await model.prepare?.({ messages, last: 'whole', branches: 1, sampling: limitsOf(task).sampling, signal });
  return prepared === undefined ? { usage: {} } : { usage: prepared.usage, server: prepared.server };
}
