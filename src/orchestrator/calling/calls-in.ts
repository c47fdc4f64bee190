import type { AgentReply } from '../../agents/task-session.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import { readUnknownCalls } from '../../tools/calls/read-unknown-calls.ts';
import { othersIn, toolsOfStep } from './tools-of-step.ts';
import { type CallsInText, readCalls } from '../../tools/calls/read-calls.ts';
import { readFencedCalls } from '../../tools/calls/read-fenced-calls.ts';

/** The calls in a reply of a task, and what else it says. A reply that was cut off calls nothing: its last call may be half of one. */
export function callsIn({ calls }: Pick<TaskRecord, 'calls'>, { text, finishReason }: AgentReply): CallsInText {
  if (calls === undefined || finishReason !== 'stop') return { calls: [], more: 0, text };
  const names = [...toolsOfStep(calls.tools).names, ...othersIn(calls.tools)];
  const found = readCalls(text, names);
  return found.calls.length > 0 ? found : (readFencedCalls(text, names) ?? readUnknownCalls(text) ?? found);
}
