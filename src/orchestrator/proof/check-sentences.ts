import type { RunState } from '../../state/run/run-state.ts';
import { changedSince } from '../checks/changed-since.ts';
import { checkSentence } from '../checks/check-sentence.ts';
import { proofOfRun } from './proof-of-run.ts';
import type { SeenFile } from '../checks/seen-files.ts';

/** What is known of the files of a run: what its checks and examples say of them, then each command of a person's or a step's own. */
export function checkSentences(state: RunState, now?: readonly SeenFile[]): string[] {
  const own = state.checks.filter(({ verification }) => verification === undefined);
  return [...proofOfRun(state, now).sentences, ...own.map((check) => checkSentence(check, changedSince(state, check, now)))];
}
