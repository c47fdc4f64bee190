import type { BaseAgent } from '../agents/base-agent.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';

/** The agent with this role or this id. @throws MultiagentError `agent.unknown`. */
export function findAgent(agents: readonly BaseAgent[], by: 'role' | 'id', name: string): BaseAgent {
  const found = agents.find((agent) => agent[by] === name);
  if (found !== undefined) return found;
  throw new MultiagentError({
    category: 'usage',
    code: 'agent.unknown',
    message: `Nobody on the team has the ${by} "${name}".`,
    hint: `There are: ${agents.map((agent) => agent[by]).join(', ')}.`,
  });
}
