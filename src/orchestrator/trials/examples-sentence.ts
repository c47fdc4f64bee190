import type { ProofOfExamples } from './proof-of-examples.ts';

/** As in `2 of 3 examples of the requirement hold`, and what that does not say. */
export function examplesSentence({ held, run, notRun, fresh, sandbox }: Omit<ProofOfExamples, 'examples'>): string {
  const of = (count: number) => `${count} ${count === 1 ? 'example' : 'examples'} of the requirement`;
  if (run === 0) return `${of(notRun)} ${notRun === 1 ? 'was' : 'were'} not run.`;
  const left = notRun === 0 ? '' : `; ${notRun} could not be run here`;
  const place = sandbox === 'off' ? ', tried without a sandbox' : '';
  return `${held} of ${of(run)} ${held === 1 ? 'holds' : 'hold'}${left}${place}.${fresh ? '' : ' The programs have changed since.'}`;
}
