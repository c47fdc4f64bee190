import type { Tool, ToolRisk } from '../../tools/tool.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { CallRights } from '../call-rights.ts';
import type { OtherTools } from '../other-tools.ts';

/**
 * Tools of others do not work on a step's copy: without a person who is asked only those may be called that look at things and change nothing, by the word of whoever
 * has brought them. Agents of a botserver are asked where the person has named it for tools.
 * @throws MultiagentError `tool.not_allowed`.
 */
export function requireCallable(
  tools: readonly Tool[],
  otherTools: Pick<OtherTools, 'executorOf'>,
  { ofOthers: { risks } }: Pick<CallRights, 'ofOthers'>,
): void {
  for (const tool of tools) {
    const risk = tool.risk({});
    const executor = otherTools.executorOf(tool.name);
    if (risks[risk] !== 'refuse' || (executor === 'agent' && risk === 'network')) continue;
    throw executor === 'program' ? notByProgram(tool.name, risk) : notBySettings(tool.name, risk);
  }
}

function notBySettings(name: string, risk: ToolRisk): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'tool.not_allowed',
    message: `Steps may not call ${name}: by your settings it is not one that only reads (${risk}).`,
    hint: 'If it changes nothing and tells nobody anything, say so under risk or risks of its server, in mcp.servers of your own settings. Otherwise take it out of the step; multiagent code asks you about each call.',
  });
}

function notByProgram(name: string, risk: ToolRisk): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'tool.not_allowed',
    message: `Steps may not call ${name}: the program that brings it says that it does more than read (${risk}).`,
    hint: "If it changes nothing and tells nobody anything, say risk: 'read' there. Otherwise take it out of the step.",
  });
}
