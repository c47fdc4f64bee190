import type { ActivityRecord } from '../../state/run/run-state.ts';
import type { CallInText, CallsInText } from '../../tools/calls/read-calls.ts';
import type { Finding } from '../judging/finding.ts';
import { calledOf, keyOfCalled } from './called.ts';

/** Names of more calls tell nobody anything. */
const mostNames = 5;

/**
 * The finding for a reply that calls tools. One that was told before that it has called the same is told to come to its end.
 * @param before What its task had done before it.
 */
export function callFinding(before: readonly ActivityRecord[], calls: CallsInText): Finding {
  const names = [...new Set(calls.calls.map(({ name }) => name))].slice(0, mostNames);
  return {
    code: 'reply.calls',
    message: `the reply only calls tools (${names.join(', ')})`,
    remedy: goesInCircles(before, calls.calls) ? 'correct' : 'call',
    calls,
    correction: 'No more tools can be called in this step. Give its result now, from what you know.',
    hint: 'Raise max_iterations of the step if it needs more calls; a small model may do better without tools.',
  };
}

/** Whether a reply calls nothing but what the last calls of its task were, and these were only repeated. */
function goesInCircles(before: readonly ActivityRecord[], calls: readonly CallInText[]): boolean {
  const last = before.findLastIndex(({ kind }) => kind === 'tool');
  const asked = before.findLastIndex(({ kind }, at) => at < last && kind === 'reply');
  const repeated = before.slice(asked + 1, last + 1).filter((activity) => activity.kind === 'tool');
  const keys = new Set(repeated.map(keyOfCalled));
  return (
    repeated.length > 0 &&
    repeated.every(({ result }) => result?.repeated === true) &&
    calls.every((call) => keys.has(keyOfCalled(calledOf(call))))
  );
}
