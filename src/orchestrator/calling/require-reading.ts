import { isAgentTool } from '../../tools/agents/agent-tools.ts';
import type { Tool } from '../../tools/tool.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/**
 * A step may call tools of others only if the person says that they look at things and change nothing: they do not work on its copy, and nobody is asked.
 * Agents of a botserver are asked where the person has named it for tools.
 * @throws MultiagentError `tool.not_allowed`.
 */
export function requireReading(tools: readonly Tool[]): void {
  const risks = tools.map((tool) => ({ name: tool.name, risk: tool.risk({}) }));
  const found = risks.find(({ name, risk }) => risk !== 'read' && !(isAgentTool(name) && risk === 'network'));
  if (found === undefined) return;
  throw new MultiagentError({
    category: 'usage',
    code: 'tool.not_allowed',
    message: `Steps may not call ${found.name}: by your settings it is not one that only reads (${found.risk}).`,
    hint: 'If it changes nothing and tells nobody anything, say so under risk or risks of its server, in mcp.servers of your own settings. Otherwise take it out of the step.',
  });
}
