import { builtInTools } from '../../tools/built-in/built-in-tools.ts';
import { ToolRegistry } from '../../tools/tool-registry.ts';
import { isAgentStep, stepTools, type WorkflowStep } from '../../workflows/workflow-schema.ts';
import type { RunContext } from '../run-context.ts';
import { requireCallable } from './require-callable.ts';

const registries = new Map<string, ToolRegistry>();

/** The program's own tools of these names that steps may call. In their usual order, so that prompts stay the same. */
export function toolsOfStep(names: readonly string[]): ToolRegistry {
  const wanted = stepTools.filter((name) => names.includes(name));
  const key = wanted.join(' ');
  const known = registries.get(key) ?? new ToolRegistry(builtInTools.filter(({ name }) => wanted.some((tool) => tool === name)));
  registries.set(key, known);
  return known;
}

/**
 * All tools of these names: behind the program's own those of others, in the order in which the step names them.
 * @throws as `OtherTools.named`, `requireCallable`.
 */
export async function allToolsOfStep(
  { otherTools, callRights }: Pick<RunContext, 'otherTools' | 'callRights'>,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ToolRegistry> {
  const others = othersIn(names);
  if (others.length === 0) return toolsOfStep(names);
  const own = toolsOfStep(names);
  const tools = await otherTools.named(others, signal);
  requireCallable(tools, otherTools, callRights);
  return new ToolRegistry([...own.names.flatMap((name) => own.get(name) ?? []), ...tools]);
}

/** The names that are none of the program's own, each once. */
export function othersIn(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => !stepTools.some((tool) => tool === name));
}

/** The tools that steps name and that are none of the program's own. */
export function otherToolsOf(steps: readonly WorkflowStep[]): string[] {
  return othersIn(steps.flatMap((step) => (isAgentStep(step) ? (step.tools ?? []) : [])));
}
