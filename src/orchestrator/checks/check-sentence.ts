import type { EventData } from '../../events/run-stream-events.ts';
import { changedSentence } from './changed-sentence.ts';
import { sandboxHint } from './sandbox-hint.ts';
import { testCounts } from '../../verification/test-counts.ts';
import { bareSentence, verificationSentence } from './verification-sentence.ts';

type Check = Pick<
  EventData<'check.finished'>,
  | 'command'
  | 'outcome'
  | 'exitCode'
  | 'durationMilliseconds'
  | 'output'
  | 'sandbox'
  | 'network'
  | 'exceeded'
  | 'changedFiles'
  | 'withoutProject'
  | 'verification'
>;

const bounds = { processes: 'it started too many processes', memory: 'it used too much memory' };

/**
 * What a command said of the files. The command is not made safe to show.
 * @param changed The files that are others now than those that it saw; absent: it has just ended.
 */
export function checkSentence(check: Check, changed?: readonly string[]): string {
  const { verification } = check;
  if (verification !== undefined) return verificationSentence({ ...check, verification }, changed);
  return ownCheckSentence(check, changed);
}

function ownCheckSentence(check: Check, changed: readonly string[] = []): string {
  const { command, outcome, exitCode, durationMilliseconds, output, sandbox, exceeded, changedFiles } = check;
  const time = `${(durationMilliseconds / 1000).toFixed(1)} s`;
  const endings: Record<Check['outcome'], string> = {
    passed: `passed after ${time}`,
    failed:
      exceeded !== undefined
        ? `FAILED, ${bounds[exceeded]} and was ended after ${time}`
        : `FAILED${exitCode === undefined ? '' : ` with exit code ${exitCode}`} after ${time}`,
    timed_out: `FAILED, it was still running after ${time} and was ended`,
    stopped: `stopped after ${time}`,
    not_started: 'it could not be started',
  };
  const counts = testCounts(output);
  const tests = counts === undefined ? '' : `; tests run: ${counts.passed} passed${counts.failed === 0 ? '' : `, ${counts.failed} failed`}`;
  const own =
    changedFiles === undefined ? '' : ` It changed ${changedFiles} of the files in its copy; those of the run stand as they were.`;
  const hint = sandboxHint(check);
  return `Checked with '${command}'${sandbox === 'off' ? ', without a sandbox' : ''}: ${endings[outcome]}${tests}.${own}${hint === undefined ? '' : ` ${hint}`}${bareSentence(check)}${changed.length === 0 ? '' : ` ${changedSentence(changed)}`}`;
}
