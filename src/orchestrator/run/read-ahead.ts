import { isAgentStep, type WorkflowStep } from '../../workflows/workflow-schema.ts';
import type { BaseAgent } from '../../agents/base-agent.ts';
import type { RoleCatalogue } from '../../agents/role-catalogue.ts';
import { teamInstructions } from '../../agents/team-instructions.ts';
import { serversOf } from '../../config/server-addresses.ts';
import { settingsOfPlace } from '../../config/named-models.ts';
import type { Settings } from '../../config/settings-schema.ts';
import type { Usage } from '../../events/usage.ts';
import { normaliseAddress } from '../../llm/server/find-model-server.ts';
import type { ProjectKnowledge } from '../../project/read-project.ts';
import { renderTranscript, type TranscriptInput } from '../../llm/transcript.ts';
import { isLoopbackAddress } from '../../utils/loopback.ts';
import type { RunModels } from '../models/run-models.ts';
import { taskOfStep } from './task-of-step.ts';
import { chooseSandbox } from '../../sandbox/choose-sandbox.ts';
import { isLong, isLongBySize } from '../showing/long-files.ts';
import { type ProjectToTell, tellOfProject } from '../showing/told-of-project.ts';
import { testsInRun } from './tests-in-run.ts';
import { spendingOf } from '../cost/spending-of.ts';
import { roleModels } from './role-models.ts';
import { inStepOrder, type Workflow } from '../workflow.ts';

export interface ReadAheadOptions {
  settings: Settings;
  roles: RoleCatalogue;
  /** That of the first step is among them. */
  models: RunModels;
  agentOf: (role: string) => BaseAgent;
  workflow: Workflow;
  /** What the run is to work on, as it will be recorded. */
  input: Omit<TranscriptInput, 'project'> & { project?: ProjectKnowledge | undefined };
  now: number;
  /** Aborting ends the reading; what was read stays read. */
  signal: AbortSignal;
}

/** What was read before a run began. */
export interface ReadAhead {
  usage: Usage;
  /** Where there are several servers: the one that has read it. */
  server?: string | undefined;
}

/**
 * Lets the server read the first prompt of a run that has not begun. Nothing leaves this machine: only a server on this machine reads what a person has not yet
 * agreed to send, and if one of several servers is elsewhere, none of them reads it.
 */
export async function readAhead({ settings, roles, models, agentOf, workflow, input, now, signal }: ReadAheadOptions): Promise<ReadAhead> {
  const step = firstStep(workflow);
  if (step === undefined || !isAgentStep(step)) return { usage: {} };
  const user = { role: step.role, taskType: step.task_type, model: step.model };
  const { chosen, connection } = models.of(user);
  const { server } = connection;
  // Includes servers that do not answer yet.
  const named = serversOf(settingsOfPlace(settings, chosen.place).llm_base_url);
  const addresses = [server.address, ...named.map(({ address }) => normaliseAddress(address))];
  if (server.engine === 'embedded' || !addresses.every(isLoopbackAddress)) return { usage: {} };
  const { steps } = inStepOrder(workflow).definition;
  const instructions = teamInstructions(roles);
  const tests = await testsInRun({ settings, probe: () => chooseSandbox(settings.sandbox).probe(), instructions });
  const role = roleModels({ settings, models, maxParallel: 1, tests, spending: spendingOf(settings) })(user);
  const { model, style, limitsOf } = role;
  const agent = agentOf(step.role);
  const task = taskOfStep({
    step,
    number: steps.findIndex(({ id }) => id === step.id) + 1,
    of: steps.length,
    context: workflow.context,
    now,
  });
  const system = style.layout !== 'per_role' ? instructions.preamble(style.length, tests) : agent.getSystemPrompt(style);
  const told = tellOfProject(task, role, projectToTell(input));
  const messages = renderTranscript({ system, input, turns: [], message: agent.composeMessage(told, style) });
  const prepared = await model.prepare?.({ messages, last: 'whole', branches: 1, sampling: limitsOf(task).sampling, signal });
  return prepared === undefined ? { usage: {} } : { usage: prepared.usage, server: prepared.server };
}

function projectToTell({ files, project }: ReadAheadOptions['input']): ProjectToTell {
  const given = new Set(files.map(({ path }) => path));
  const unseen = (project?.base ?? []).filter(({ path }) => !given.has(path));
  return {
    there: new Set([...(unseen.length > 0 ? ['files' as const] : []), ...((project?.skills.length ?? 0) > 0 ? ['skills' as const] : [])]),
    length: files.some(({ content }) => isLong(content)) || unseen.some(isLongBySize) ? 'long' : 'short',
  };
}

/** The one that a run of this workflow begins with. */
export function firstStep(workflow: Workflow): WorkflowStep | undefined {
  const roots = inStepOrder(workflow).definition.steps.filter(({ depends_on }) => depends_on.length === 0);
  return roots.toSorted((a, b) => b.priority - a.priority)[0];
}
