import type { RunState } from '../../state/run/run-state.ts';
import { examplesSentence } from '../trials/examples-sentence.ts';
import { proofOfExamples } from '../trials/proof-of-examples.ts';
import type { Proof } from './proof-of-run.ts';

/** What checks and examples say of files of which something fails, each with what was seen first: enough to begin mending. Empty: nothing fails. */
export function failureSentences(state: RunState, { outcome, statements }: Pick<Proof, 'outcome' | 'statements'>): string[] {
  if (outcome !== 'failed') return [];
  const examples = proofOfExamples(state);
  const first = examples?.examples.find((example) => example.outcome === 'fails');
  const seen = first === undefined ? '' : ` "${first.quote}": ${first.why ?? 'it does not hold'}`;
  return [
    ...(examples === undefined ? [] : [`${examplesSentence(examples)}${seen}`]),
    ...statements.map(({ sentence, failure }) => [sentence, ...failure].join(' ')),
  ];
}
