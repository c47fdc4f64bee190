import type { EventData } from '../../events/event-registry.ts';
import { testCounts } from './test-counts.ts';

type Check = Pick<EventData<'check.finished'>, 'command' | 'outcome' | 'exitCode' | 'durationMilliseconds' | 'output'>;

/** What a command of the user's own said of the files, in one sentence. The command is not made safe to show. */
export function checkSentence({ command, outcome, exitCode, durationMilliseconds, output }: Check): string {
  const time = `${(durationMilliseconds / 1000).toFixed(1)} s`;
  const endings: Record<Check['outcome'], string> = {
    passed: `passed after ${time}`,
    failed: `FAILED${exitCode === undefined ? '' : ` with exit code ${exitCode}`} after ${time}`,
    timed_out: `FAILED, it was still running after ${time} and was ended`,
    stopped: `stopped after ${time}`,
    not_started: 'it could not be started',
  };
  const counts = testCounts(output);
  const tests = counts === undefined ? '' : `; tests run: ${counts.passed} passed${counts.failed === 0 ? '' : `, ${counts.failed} failed`}`;
  return `Checked with '${command}': ${endings[outcome]}${tests}.`;
}
