import type { ActivityCompleted } from '../../events/activities/activity-kinds.ts';
import { type AskedCall, prepareCall } from '../../tools/prepare-call.ts';
import { longestArguments } from '../../llm/chat/tool-calls.ts';
import type { GivenArguments } from '../../tools/arguments/given-arguments.ts';
import { parseJson } from '../../utils/parse-json.ts';
import type { ToolRegistry } from '../../tools/tool-registry.ts';

/** A call as it is recorded. */
export type Called = Pick<ActivityCompleted<'tool'>, 'tool' | 'arguments' | 'executor'>;

/** A call with its arguments by their names; those of one that is wrong as they were given. */
export function calledOf(registry: ToolRegistry, call: AskedCall): Called {
  const prepared = prepareCall(registry, call);
  return { tool: call.name, arguments: prepared.kind === 'prepared' ? { ...prepared.call.arguments } : asGiven(call.given) };
}

/** Of a text that is no JSON. */
const longest = 2000;

function asGiven(given: GivenArguments): Record<string, unknown> {
  if (given.kind === 'values') return { ...Object.fromEntries(given.positional.entries()), ...given.named };
  const value = given.text.length > longestArguments ? undefined : parseJson(given.text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : { arguments: given.text.slice(0, longest) };
}

/** Equal for the same call. */
export function keyOfCalled({ tool, arguments: given }: Called): string {
  return JSON.stringify([tool, Object.entries(given)]);
}
