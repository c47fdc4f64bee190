import { builtInTools } from '../../tools/built-in/built-in-tools.ts';
import { ToolRegistry } from '../../tools/tool-registry.ts';
import { stepTools } from '../../workflows/workflow-schema.ts';

const registries = new Map<string, ToolRegistry>();

/** The tools of these names that steps may call; others, which only a journal from elsewhere can name, are none. In their usual order, so that prompts stay the same. */
export function toolsOfStep(names: readonly string[]): ToolRegistry {
  const wanted = stepTools.filter((name) => names.includes(name));
  const key = wanted.join(' ');
  const known = registries.get(key) ?? new ToolRegistry(builtInTools.filter(({ name }) => wanted.some((tool) => tool === name)));
  registries.set(key, known);
  return known;
}
