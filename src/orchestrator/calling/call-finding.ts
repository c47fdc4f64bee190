import { isReply } from '../../state/run/activities-of.ts';
import type { ActivityRecord, TaskRecord } from '../../state/run/run-state.ts';
import type { CallsInText } from '../../tools/calls/read-calls.ts';
import type { Finding } from '../judging/finding.ts';
import { calledOf, keyOfCalled } from './called.ts';
import { callsIn } from './calls-in.ts';

/** Names of more calls tell nobody anything. */
const mostNames = 5;

/**
 * The finding for a reply that calls tools. One that calls the same for the third time in a row is told to come to its end.
 * @param before What its task had done before it.
 */
export function callFinding(task: Pick<TaskRecord, 'calls'>, before: readonly ActivityRecord[], calls: CallsInText): Finding {
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

/** Whether a reply and the two before it call nothing that the first of them did not, and none gives anything else. What the calls say may differ: others write files, too. */
function goesInCircles(task: Pick<TaskRecord, 'calls'>, before: readonly ActivityRecord[], calls: CallsInText): boolean {
  const [first, second] = before
    .filter(isReply)
    .slice(-2)
    .map(({ text, finishReason = '' }) => callsIn(task, { text, finishReason }));
  if (first === undefined || second === undefined) return false;
  const known = keysOf(first);
  return [second, calls].every(
    (later) => !holdsBlocks(later) && later.calls.length > 0 && [...keysOf(later)].every((key) => known.has(key)),
  );
}

function keysOf({ calls }: CallsInText): ReadonlySet<string> {
  return new Set(calls.map((call) => keyOfCalled(calledOf(call))));
}

function holdsBlocks({ text }: CallsInText): boolean {
  return /^[ \t>]{0,20}(?:```|~~~)/m.test(text);
}
