import type { GivenArguments } from './arguments/given-arguments.ts';
import { parseArguments } from './arguments/parse-arguments.ts';
import { nearestName } from '../utils/nearest-name.ts';
import { shownName } from '../utils/printable.ts';
import type { CallToDecide } from './policy/decide.ts';
import { errorResult, type Tool, type ToolResult } from './tool.ts';
import type { ToolRegistry } from './tool-registry.ts';

/** A call as a model made it. */
export interface AskedCall {
  name: string;
  given: GivenArguments;
}

/** A call that can be made, once somebody has decided that it may. */
export interface PreparedCall extends CallToDecide {
  arguments: Readonly<Record<string, unknown>>;
  execute: Tool['execute'];
}

export type PreparedOrNot = { kind: 'prepared'; call: PreparedCall } | { kind: 'unusable'; result: ToolResult };

/** Finds the tool and checks the arguments. Nothing is done yet. What is wrong is a result for the model. */
export function prepareCall(registry: ToolRegistry, { name, given }: AskedCall): PreparedOrNot {
  const tool = registry.get(name);
  if (tool === undefined) {
    const nearest = nearestName(name.slice(0, 100), registry.names);
    const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
    const message = `There is no tool named '${shownName(name)}'.${hint} The tools are: ${registry.names.join(', ')}.`;
    return { kind: 'unusable', result: errorResult(message, { problem: 'unknown_tool' }) };
  }
  const parsed = parseArguments(tool, given);
  if (parsed.kind === 'invalid') return { kind: 'unusable', result: errorResult(parsed.message, { problem: 'bad_arguments' }) };
  const values: Readonly<Record<string, unknown>> = parsed.arguments;
  const [first = ''] = Object.keys(tool.parameters.shape);
  const value = values[first];
  const firstArgument = typeof value === 'string' ? value : undefined;
  const call = { tool: name, risk: tool.risk(values), firstArgument, arguments: values, execute: tool.execute.bind(tool) };
  return { kind: 'prepared', call };
}
