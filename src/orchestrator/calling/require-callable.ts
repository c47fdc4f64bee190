import { isAgentTool } from '../../tools/agents/agent-tools.ts';
import type { Tool } from '../../tools/tool.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { CallRights } from '../call-rights.ts';

/**
 * Tools of others do not work on a step's copy: without a person who is asked only those may be called that look at things and change nothing, by the person's word.
 * Agents of a botserver are asked where the person has named it for tools.
 * @throws MultiagentError `tool.not_allowed`.
 */
export function requireCallable(tools: readonly Tool[], { ofOthers: { risks } }: Pick<CallRights, 'ofOthers'>): void {
  const found = tools
    .map((tool) => ({ name: tool.name, risk: tool.risk({}) }))
    .find(({ name, risk }) => risks[risk] === 'refuse' && !(isAgentTool(name) && risk === 'network'));
  if (found === undefined) return;
  throw new MultiagentError({
    category: 'usage',
    code: 'tool.not_allowed',
    message: `Steps may not call ${found.name}: by your settings it is not one that only reads (${found.risk}).`,
    hint: 'If it changes nothing and tells nobody anything, say so under risk or risks of its server, in mcp.servers of your own settings. Otherwise take it out of the step; multiagent code asks you about each call.',
  });
}
