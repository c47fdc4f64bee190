import type { AgentReply } from '../../agents/task-session.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import { toolsOfStep } from './tools-of-step.ts';
import { type CallsInText, readCalls } from '../../tools/calls/read-calls.ts';

/** The calls in a reply of a task, and what else it says. A reply that was cut off calls nothing: its last call may be half of one. */
export function callsIn({ calls }: Pick<TaskRecord, 'calls'>, { text, finishReason }: AgentReply): CallsInText {
  return calls === undefined || finishReason !== 'stop' ? { calls: [], more: 0, text } : readCalls(text, toolsOfStep(calls.tools).names);
}
