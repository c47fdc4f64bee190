import type { TurnEntry } from '../../events/task-events.ts';
import type { DecisionRecord } from '../../state/run/run-state.ts';

/** What later steps are told of a decision: what was asked, and what the person said. */
export function turnOfDecision(ask: string, { decision, answer, comment, edits = [] }: DecisionRecord): TurnEntry[] {
  const said = [
    ...(decision === 'answered' ? [`The answer: ${typeof answer === 'boolean' ? (answer ? 'yes' : 'no') : String(answer)}`] : []),
    ...(decision === 'approved' ? ['It was approved.'] : []),
    ...(decision === 'rejected' ? ['It was rejected.'] : []),
    ...(comment === undefined ? [] : [`Their comment: ${comment}`]),
    ...(edits.length === 0 ? [] : [`They changed ${edits.map(({ path }) => path).join(', ')}.`]),
  ];
  const text = [`The person whom the team works for was asked: ${ask}`, ...said].join('\n\n');
  return [
    { role: 'user', content: [{ type: 'text', text }] },
    { role: 'assistant', content: [{ type: 'text', text: 'I will go by that.' }] },
  ];
}
