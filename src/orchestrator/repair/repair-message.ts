import { renderFiles } from '../../llm/transcript.ts';
import type { RepairedFiles } from './next-repair.ts';

export interface RepairMessageOptions {
  of: RepairedFiles;
  /** What was run, a sentence. */
  ran: string;
  /** How it ended, in sentences. */
  outcome: string;
  /** The first failure, trimmed. */
  failure: string;
  /** The tests, where nothing shows them otherwise. */
  tests: readonly { path: string; content: string }[];
}

/** What a model is told whose program, or test, failed: the failure, what it may change, and what it must not. */
export function repairMessage({ of, ran, outcome, failure, tests }: RepairMessageOptions): string {
  const run = `${ran} ${outcome} The first failure:`;
  const shown = renderFiles([{ path: 'text', content: failure }]).trimEnd();
  const asked =
    of === 'programs'
      ? [
          'Find the cause in the program and correct it. Give every file that changes whole, under its present path. Change nothing that the failure does not call for.',
          'The tests stay as they are.',
        ]
      : [
          'Decide by the requirement alone whether the program or the test is wrong.',
          'If the test asks for something that the requirement contradicts: quote the sentence of the requirement, then give the whole corrected test file under its present path.',
          'If the test is right, answer "The tests are right." and give no file. The program stays as it is.',
        ];
  const files = tests.length === 0 ? [] : [`The tests:\n\n${renderFiles([...tests]).trimEnd()}`];
  return [run, shown, ...files, asked.join('\n')].join('\n\n');
}
