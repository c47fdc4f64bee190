import type { EventData } from '../events/event-registry.ts';

type Check = Pick<EventData<'check.finished'>, 'command' | 'outcome' | 'exitCode' | 'durationMilliseconds'>;

/** What a command of the user's own said of the files, in one sentence. The command is not made safe to show. */
export function checkSentence({ command, outcome, exitCode, durationMilliseconds }: Check): string {
  const time = `${(durationMilliseconds / 1000).toFixed(1)} s`;
  const endings: Record<Check['outcome'], string> = {
    passed: `passed after ${time}`,
    failed: `FAILED${exitCode === undefined ? '' : ` with exit code ${exitCode}`} after ${time}`,
    timed_out: `FAILED, it was still running after ${time} and was ended`,
    stopped: `stopped after ${time}`,
    not_started: 'it could not be started',
  };
  return `Checked with '${command}': ${endings[outcome]}.`;
}
