import type { ActivityCompleted } from '../../events/activities/activity-kinds.ts';
import type { CallInText } from '../../tools/calls/read-calls.ts';
import { prepareCall } from '../../tools/prepare-call.ts';
import { toolsOfStep } from './tools-of-step.ts';
import { stepTools } from '../../workflows/workflow-schema.ts';

/** A call as it is recorded. */
export type Called = Pick<ActivityCompleted<'tool'>, 'tool' | 'arguments'>;

/** A call with its arguments by their names; those of one that is wrong as they were given. */
export function calledOf(call: CallInText): Called {
  const prepared = prepareCall(toolsOfStep(stepTools), call);
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
