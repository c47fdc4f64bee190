import type { EventData } from '../../events/run-stream-events.ts';

type Verification = NonNullable<EventData<'check.finished'>['verification']>;

/**
 * How much of what fails has failed before the run, too: the same command on the project without the files of the run.
 * `all`: nothing fails for the first time. `some`: the tests in `fresh` do. `none`: nothing of it, or that is not known.
 */
export type FailedBefore = { of: 'none' | 'all' } | { of: 'some'; fresh: readonly string[] };

export function failedBefore({
  verdict,
  before,
  counts,
  tests = [],
  why,
}: Omit<Verification, 'recipe' | 'filesHash' | 'kind'>): FailedBefore {
  if (before === undefined || before.verdict !== verdict) return { of: 'none' };
  if (verdict === 'timed_out') return { of: 'all' };
  if (verdict !== 'failed') return { of: 'none' };
  const failing = tests.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);
  if (failing.length > 0 && failing.length === counts?.failed) {
    const old = new Set(before.failing);
    const fresh = failing.filter((name) => !old.has(name));
    if (fresh.length === failing.length) return { of: 'none' };
    return fresh.length === 0 ? { of: 'all' } : { of: 'some', fresh };
  }
  const isSame = why !== undefined && before.why !== undefined && withoutNumbers(why) === withoutNumbers(before.why);
  return { of: isSame ? 'all' : 'none' };
}

/** Whether all that fails has failed before the run: then nobody of the team is asked to mend it, and nothing is claimed of what the run wrote. */
export function isOldFailure(verification: Pick<Verification, 'verdict' | 'before' | 'counts' | 'tests' | 'why'>): boolean {
  return failedBefore(verification).of === 'all';
}

/** Lines and times differ where nothing else does. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/\d/g, '').trim();
}
