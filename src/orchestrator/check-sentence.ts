import type { EventData } from '../events/event-registry.ts';

type Check = Pick<EventData<'check.finished'>, 'command' | 'outcome' | 'exitCode' | 'durationMilliseconds'>;

/** What a command of the user's own said of the files, in one sentence. The command is not made safe to show. */
export function checkSentence({ command, outcome, exitCode, durationMilliseconds }: Check): string {
  const time = `${(durationMilliseconds / 1000).toFixed(1)} s`;
  switch (outcome) {
    case 'passed':
      return `Checked with '${command}': passed after ${time}.`;
    case 'failed':
      return `Checked with '${command}': FAILED${exitCode === undefined ? '' : ` with exit code ${exitCode}`} after ${time}.`;
    case 'timed_out':
      return `Checked with '${command}': FAILED, it was still running after ${time} and was ended.`;
    case 'stopped':
      return `The check '${command}' was stopped after ${time}.`;
    case 'not_started':
      return `The check '${command}' could not be started.`;
  }
}
