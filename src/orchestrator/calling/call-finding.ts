import { outsideOfCode } from '../../tools/calls/outside-of-code.ts';
import { isReply } from '../../state/run/activities-of.ts';
import type { ActivityRecord, TaskRecord } from '../../state/run/run-state.ts';
import type { CallsOfReply } from '../../tools/calls/calls-of-reply.ts';
import type { Finding } from '../../agents/loop/finding.ts';
import { calledOf, keyOfCalled } from './called.ts';
import { callsIn } from './calls-in.ts';
import { toolsOfStep } from './tools-of-step.ts';
import { stepTools } from '../../workflows/workflow-schema.ts';

/** Names of more calls tell nobody anything. */
const mostNames = 5;

/**
 * The finding for a reply that calls tools. One that only calls again what was called before, for the second time in a row, is told to come to its end.
 * @param before What its task had done before it.
 */
export function callFinding(task: Pick<TaskRecord, 'calls'>, before: readonly ActivityRecord[], calls: CallsOfReply): Finding {
  const names = [...new Set(calls.calls.map(({ name }) => name))].slice(0, mostNames);
  return {
    code: 'reply.calls',
    message: `the reply only calls tools (${names.join(', ')})`,
    remedy: goesInCircles(task, before, calls) ? 'correct' : 'call',
    calls,
    correction: 'No more tools can be called in this step. Give its result now, from what you know.',
    hint: 'Raise max_iterations of the step if it needs more calls; a small model may do better without tools.',
  };
}

/** The finding for a reply with a native call that the server could not read. */
export const unreadableFinding: Finding = {
  code: 'reply.call_unreadable',
  message: 'the reply calls a tool in a way that its server cannot read',
  remedy: 'call',
  calls: { calls: [], more: 0, text: '' },
  correction: 'No more tools can be called in this step. Give its result now, from what you know.',
  hint: 'Set calls: text for this model in model_profiles: it then calls tools in its text.',
};

/** In a row, without a call that is new. */
const mostStale = 2;

/**
 * Whether the newest replies call nothing that was not called before, since files were last given. What the calls say may differ: others write files, too, and a circle
 * may lead over several calls.
 */
function goesInCircles(task: Pick<TaskRecord, 'calls'>, before: readonly ActivityRecord[], calls: CallsOfReply): boolean {
  const earlier = before
    .filter(isReply)
    .filter(({ finishReason }) => finishReason !== 'unreadable_call')
    .map(({ text, finishReason = '', called }) => callsIn(task, { text, finishReason, called }));
  const known = new Set<string>();
  let stale = 0;
  for (const reply of [...earlier, calls]) {
    if (holdsBlocks(reply)) known.clear();
    const keys = [...keysOf(reply)];
    stale = keys.every((key) => known.has(key)) ? stale + 1 : 0;
    for (const key of keys) known.add(key);
  }
  return stale >= mostStale;
}

function keysOf({ calls }: CallsOfReply): ReadonlySet<string> {
  return new Set(calls.map((call) => keyOfCalled(calledOf(toolsOfStep(stepTools), call))));
}

function holdsBlocks({ text }: CallsOfReply): boolean {
  return outsideOfCode(text) !== text;
}
