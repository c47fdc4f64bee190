import type { EventData } from '../../events/run-stream-events.ts';
import { changedSentence } from './changed-sentence.ts';
import { failedBefore, isOldFailure } from './failed-before.ts';

type Check = EventData<'check.finished'>;
type Verification = NonNullable<Check['verification']>;

/** A command that ran by itself to find out whether the work of the team works. */
export type VerifiedCheck = Pick<Check, 'command' | 'exitCode' | 'durationMilliseconds' | 'output' | 'sandbox' | 'withoutProject'> & {
  verification: Verification;
};

/** What a check is called, at the beginning of a sentence. */
function subjectOf({ command, verification: { kind } }: VerifiedCheck): string {
  switch (kind) {
    case 'command':
      return `'${command}'`;
    // Every written file is checked for its syntax anyway: such a command speaks only for the files that it names.
    case 'syntax':
      return `The syntax check '${command}'`;
    case 'types':
      return 'The type check';
    default:
      return `The ${kind}`;
  }
}

/** Programs say so of a network that is not there. */
const needsNetwork =
  /\b(?:EAI_AGAIN|ENETUNREACH)\b|Temporary failure in name resolution|Name or service not known|Network is unreachable|Failed to resolve|dial tcp: lookup|UnknownHostException|failed to lookup address/;

/**
 * What a check says, and never more: as in `12 of 12 tests ran and passed (fresh).` The command is not made safe to show.
 * @param changed The files that are others now than those that it saw; absent: it has just ended.
 */
export function verificationSentence(check: VerifiedCheck, changed?: readonly string[]): string {
  const { verification, sandbox, output } = check;
  const speaks = ['passed', 'failed', 'timed_out'].includes(verification.verdict);
  const place = speaks && sandbox === 'off' ? ', without a sandbox' : '';
  const fresh = !speaks || changed === undefined ? '.' : changed.length === 0 ? ' (fresh).' : `. ${changedSentence(changed)}`;
  const hint = verification.verdict === 'failed' && needsNetwork.test(output) ? ' There is no network where tests run.' : '';
  const bare = speaks ? bareSentence(check) : '';
  return `${told(check)}${beforeRun(verification)}${place}${fresh}${hint}${bare}`;
}

/** Begins with a space, if it says anything. */
export function bareSentence({ withoutProject }: Pick<Check, 'withoutProject'>): string {
  return withoutProject === undefined ? '' : ` Only files of the run were there: ${withoutProject}.`;
}

/** What of it is not new. */
function beforeRun(verification: Verification): string {
  const old = failedBefore(verification);
  if (old.of === 'all') return ', as before the run';
  if (old.of !== 'some') return '';
  const count = (verification.counts?.failed ?? 0) - old.fresh.length;
  return `, ${count} of them as before the run`;
}

function told(check: VerifiedCheck): string {
  const { command, exitCode, durationMilliseconds, verification } = check;
  const { kind, verdict, why = '', packages, counts } = verification;
  const subject = subjectOf(check);
  const isPlural = kind === 'tests';
  const left = isPlural ? 'The tests were not run' : `${subject} was not run`;
  switch (verdict) {
    case 'passed':
      if (kind === 'tests' && counts !== undefined) return countsPassed(counts);
      return `${subject} ${isPlural ? 'pass' : 'passes'}${kind === 'command' && counts !== undefined ? `: ${countsPassed(counts)}` : ''}`;
    case 'failed': {
      if (counts !== undefined && counts.failed > 0)
        return kind === 'tests' ? countsFailed(counts) : `${subject} fails: ${countsFailed(counts)}`;
      return `${subject} ${isPlural ? 'fail' : 'fails'}${exitCode === undefined ? '' : ` with exit code ${exitCode}`}`;
    }
    case 'timed_out':
      return `${subject} ${isPlural ? 'were' : 'was'} still running after ${(durationMilliseconds / 1000).toFixed(1)} s and ${isPlural ? 'were' : 'was'} ended`;
    case 'no_tests':
      return `No tests were found to run with '${command}'`;
    case 'missing_package':
      return `${left}: the package ${why} is not on this machine${packages === undefined ? ', and nothing is fetched' : whyMissing[packages]}`;
    case 'missing_tool':
      return `${left}: ${why} is not on this machine`;
    default:
      return `${left}: ${why.split('\n', 1)[0] ?? ''}`;
  }
}

const whyMissing: Readonly<Record<NonNullable<Verification['packages']>, string>> = {
  not_allowed: '; with --allow-install it is fetched',
  not_named: ', and no file names it among the packages of the project',
  not_fetched: ', and it could not be fetched',
  refused: ', and what the files name is not fetched, even with --allow-install',
};

type Counts = NonNullable<Verification['counts']>;

function countsPassed({ passed, skipped }: Counts): string {
  return `${passed} of ${passed} ${passed === 1 ? 'test' : 'tests'} ran and passed${skipped === 0 ? '' : `, ${skipped} ${skipped === 1 ? 'was' : 'were'} skipped`}`;
}

function countsFailed({ passed, failed, skipped }: Counts): string {
  const all = passed + failed;
  return `${failed} of ${all} ${all === 1 ? 'test' : 'tests'} ${failed === 1 ? 'fails' : 'fail'}${skipped === 0 ? '' : `, ${skipped} ${skipped === 1 ? 'was' : 'were'} skipped`}`;
}

/** Whether it is there to find out what the program does, and not only whether it can be built. */
export function testsSomething({ verification }: { verification: Pick<Verification, 'kind'> }): boolean {
  return verification.kind === 'tests' || verification.kind === 'command';
}

const mostLines = 12;

/** What went wrong, as far as one look takes it in; the lines are not made safe to show. */
export function failureLines(verification: Verification): string[] {
  const { verdict, why = '' } = verification;
  if (verdict !== 'failed' || isOldFailure(verification)) return [];
  return why.trim() === '' ? [] : why.trim().split('\n').slice(0, mostLines);
}
