import type { ActivityCompleted, ActivityStarted } from '../../events/activities/activity-kinds.ts';

type Begun = Pick<ActivityStarted<'install'>, 'manager' | 'namedIn'>;

/** As in `Fetching the packages of requirements.txt with pip`. */
export function installBegins({ manager, namedIn }: Begun): string {
  return `Fetching the packages of ${named(namedIn)} with ${manager}`;
}

/** What became of it, in one sentence; the names are not made safe to show. */
export function installSentence(install: Omit<ActivityCompleted<'install'>, 'activity' | 'kind'>): string {
  const { manager, namedIn, outcome, exitCode, exceeded, durationMilliseconds, output, sandbox } = install;
  const subject = `The packages of ${named(namedIn)}`;
  const time = `${(durationMilliseconds / 1000).toFixed(1)} s`;
  const place = sandbox === 'off' ? ', without a sandbox' : '';
  switch (outcome) {
    case 'passed':
      return `${subject} were fetched with ${manager} in ${time}${place}.`;
    case 'timed_out':
      return `${subject} were still being fetched with ${manager} after ${time}: it was ended (install_timeout).`;
    case 'stopped':
      return `${subject} were not fetched: it was stopped.`;
    case 'not_started':
      return `${subject} were not fetched: ${output.split('\n', 1)[0] ?? ''}.`;
    default: {
      const bound =
        exceeded === undefined ? undefined : { processes: 'it started too many processes', memory: 'it used too much memory' }[exceeded];
      const why = bound ?? reasonIn(output) ?? `exit code ${exitCode ?? 'none'}`;
      return `${subject} could not be fetched with ${manager}: ${why}.`;
    }
  }
}

const mostNames = 3;

function named(paths: readonly string[]): string {
  const more = paths.length > mostNames ? ` and ${paths.length - mostNames} more` : '';
  return `${paths.slice(0, mostNames).join(', ')}${more}`;
}

const longestReason = 300;

/** The line that says most: package managers call it an error, and the first one is the cause. */
function reasonIn(output: string): string | undefined {
  const lines = output.split('\n').map((line) => line.trim());
  const telling = lines.find(
    (line) => /^(?:npm (?:error|ERR!)|error|ERROR|\[ERROR\]|go:)[ :]/.test(line) && !/^npm \S{1,10} (?:code|errno|syscall)\b/.test(line),
  );
  const line = telling ?? lines.findLast((one) => one !== '');
  return line?.slice(0, longestReason).replace(/[.:]{1,5}$/, '');
}
