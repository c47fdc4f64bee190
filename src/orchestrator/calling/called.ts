import type { ActivityCompleted } from '../../events/activities/activity-kinds.ts';
import type { CallInText } from '../../tools/calls/read-calls.ts';
import { prepareCall } from '../../tools/prepare-call.ts';
import type { ToolRegistry } from '../../tools/tool-registry.ts';

/** A call as it is recorded. */
export type Called = Pick<ActivityCompleted<'tool'>, 'tool' | 'arguments' | 'executor'>;

/** A call with its arguments by their names; those of one that is wrong as they were given. */
export function calledOf(registry: ToolRegistry, call: CallInText): Called {
  const prepared = prepareCall(registry, call);
  const { positional, named } = call.given;
  return {
    tool: call.name,
    arguments: prepared.kind === 'prepared' ? { ...prepared.call.arguments } : { ...Object.fromEntries(positional.entries()), ...named },
  };
}

/** Equal for the same call. */
export function keyOfCalled({ tool, arguments: given }: Called): string {
  return JSON.stringify([tool, Object.entries(given)]);
}
