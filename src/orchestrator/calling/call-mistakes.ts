import type { AgentReply } from '../../agents/task-session.ts';
import { isReply } from '../../state/run/activities-of.ts';
import type { ActivityRecord, TaskRecord } from '../../state/run/run-state.ts';
import { parseJson } from '../../utils/parse-json.ts';
import { namesOf } from './calls-in.ts';

/** Whether the server could not read a native call in a reply, or one in it is of no such tool, or has no JSON object as its arguments. Other wrong arguments are no mistake of the way. */
export function isMistaken(
  { calls }: Pick<TaskRecord, 'calls'>,
  { finishReason, called = [] }: Pick<AgentReply, 'finishReason' | 'called'>,
): boolean {
  if (calls === undefined) return false;
  const names = namesOf(calls);
  return finishReason === 'unreadable_call' || called.some((call) => !names.includes(call.name) || !isObject(parseJson(call.arguments)));
}

/** How many of these replies are mistaken. @param replies What a task has done so far. */
export function mistakesIn(task: Pick<TaskRecord, 'calls'>, replies: readonly ActivityRecord[]): number {
  return replies.filter((one) => isReply(one) && isMistaken(task, { finishReason: one.finishReason ?? '', called: one.called })).length;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
