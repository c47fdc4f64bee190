import type { AgentReply } from '../../agents/task-session.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import { askedNatively, type CallsOfReply } from '../../tools/calls/calls-of-reply.ts';
import { readUnknownCalls } from '../../tools/calls/read-unknown-calls.ts';
import { othersIn, toolsOfStep } from './tools-of-step.ts';
import { readCalls } from '../../tools/calls/read-calls.ts';
import { readFencedCalls } from '../../tools/calls/read-fenced-calls.ts';
import { readJsonCalls } from '../../tools/calls/read-json-calls.ts';

/**
 * The calls in a reply of a task, and what else it says. A reply that was cut off calls nothing: its last call may be half of one. A model that may call natively and
 * writes calls in its text instead means them.
 */
export function callsIn({ calls }: Pick<TaskRecord, 'calls'>, { text, finishReason, called = [] }: AgentReply): CallsOfReply {
  if (calls === undefined || finishReason !== 'stop') return { calls: [], more: 0, text };
  if (called.length > 0) return { calls: called.map(askedNatively), more: 0, text };
  const names = namesOf(calls);
  const found = readCalls(text, names);
  return found.calls.length > 0 ? found : (readFencedCalls(text, names) ?? readJsonCalls(text, names) ?? readUnknownCalls(text) ?? found);
}

/** The names of what a task may call. */
export function namesOf({ tools }: NonNullable<TaskRecord['calls']>): string[] {
  return [...toolsOfStep(tools).names, ...othersIn(tools)];
}
