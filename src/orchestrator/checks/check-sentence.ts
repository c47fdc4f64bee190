import type { EventData } from '../../events/event-registry.ts';
import { testCounts } from './test-counts.ts';

type Check = Pick<EventData<'check.finished'>, 'command' | 'outcome' | 'exitCode' | 'durationMilliseconds' | 'output'>;

const mostPaths = 3;

/**
 * What a command of the user's own said of the files. The command is not made safe to show.
 * @param changed The files that are others now than those that it saw.
 */
export function checkSentence(
  { command, outcome, exitCode, durationMilliseconds, output }: Check,
  changed: readonly string[] = [],
): string {
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
  return `Checked with '${command}': ${endings[outcome]}${tests}.${staleSentence(changed)}`;
}

function staleSentence(changed: readonly string[]): string {
  if (changed.length === 0) return '';
  const more = changed.length > mostPaths ? ` and ${changed.length - mostPaths} more` : '';
  return ` Stale: ${changed.slice(0, mostPaths).join(', ')}${more} changed since, so this does not speak for the files as they are now.`;
}
