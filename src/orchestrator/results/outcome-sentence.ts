import type { EventData } from '../../events/run-stream-events.ts';
import { verdictOf } from '../verdict.ts';

/** What a task that was completed says of how it ended: a verdict, or why a step that asks no model is done. Undefined: nothing. */
export function outcomeSentence(
  { outputs, because }: Pick<EventData<'task.completed'>, 'outputs' | 'because'>,
  asks: 'model' | 'no_model',
): string | undefined {
  const verdict = verdictOf(outputs);
  if (verdict === undefined) return asks === 'no_model' ? because : undefined;
  const { length } = verdict.findings;
  const count = length === 0 ? '' : `, ${length === 1 ? 'one finding' : `${length} findings`}`;
  return `the verdict is ${verdict.verdict === 'approved' ? 'approved' : 'needs work'}${count}`;
}
