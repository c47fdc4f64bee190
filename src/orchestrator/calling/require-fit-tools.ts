import { isAgentTool } from '../../tools/agents/agent-tools.ts';
import { builtInTools } from '../../tools/built-in/built-in-tools.ts';
import { type ProgramTool, programTool } from '../../tools/program-tool.ts';
import { ToolRegistry } from '../../tools/tool-registry.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { mayBeOfOthers } from '../../workflows/workflow-schema.ts';

/** Checks that steps can name the tools that a program brings, and that models can call them. @throws MultiagentError `tool.unfit`. */
export function requireFitTools(tools: readonly ProgramTool[]): void {
  for (const { name } of tools) {
    if (isAgentTool(name)) throw unfit(`The name ${name} is that of a tool of agents.`);
    if (!builtInTools.some((tool) => tool.name === name) && !mayBeOfOthers(name))
      throw unfit(`Steps could not name a tool ${name}: it has no two words with _ between them, or is nearly the name of another tool.`);
  }
  try {
    besideOurs(tools);
  } catch (error) {
    throw unfit((error as Error).message);
  }
}

function besideOurs(tools: readonly ProgramTool[]): ToolRegistry {
  return new ToolRegistry([...builtInTools, ...tools.map(programTool)]);
}

function unfit(message: string): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'tool.unfit',
    message,
    hint: 'Mend it under tools of the orchestrator: a name such as stock_of, and parameters that are strings, numbers, booleans or choices.',
  });
}
