import type { CheckRecord, RunState } from '../../state/run/run-state.ts';
import { proofOfExamples } from '../trials/proof-of-examples.ts';
import { examplesSentence } from '../trials/examples-sentence.ts';
import { isOldFailure } from '../checks/failed-before.ts';
import { changedSince } from '../checks/changed-since.ts';
import type { SeenFile } from '../checks/seen-files.ts';
import { failureLines, verificationSentence, type VerifiedCheck } from '../checks/verification-sentence.ts';

/** A check that tells of the files as they are, or the last that did. */
export interface StandingCheck {
  check: VerifiedCheck & CheckRecord;
  /** The files that are not what it saw; empty: it is fresh. */
  changed: string[];
}

/** What checks and examples say of the files that lie there now. */
export interface Proof {
  /** `passed`: all that was recognised was run and passed. `failed`: something fails. `unchecked`: nothing was run, or not all could be; nothing is claimed. */
  outcome: 'passed' | 'failed' | 'unchecked';
  checks: StandingCheck[];
  /** What the checks say, those of counted tests as one. */
  statements: Statement[];
  /** The same beside what the examples say, which comes first. */
  sentences: string[];
}

/** One thing that checks say. */
export interface Statement {
  sentence: string;
  /** Where something fails: the beginning of what was seen first. Not made safe to show. */
  failure: string[];
}

/** @param now What lies in the folder of the run, for whoever has looked; default: what the journal knows of it. */
export function proofOfRun(state: RunState, now?: readonly SeenFile[]): Proof {
  const checks = standingChecks(state, now);
  const examples = proofOfExamples(state);
  const outcomes = checks.map(outcomeOf);
  if (examples !== undefined) {
    const isWhole = examples.fresh && examples.run > 0 && examples.notRun === 0;
    outcomes.push(examples.fresh && examples.held < examples.run ? 'failed' : isWhole ? 'passed' : 'unchecked');
  }
  const all = outcomes.length > 0 && outcomes.every((outcome) => outcome === 'passed');
  const statements = statementsOf(checks);
  return {
    outcome: outcomes.includes('failed') ? 'failed' : all ? 'passed' : 'unchecked',
    checks,
    statements,
    sentences: [...(examples === undefined ? [] : [examplesSentence(examples)]), ...statements.map(({ sentence }) => sentence)],
  };
}

/** Tests that several commands have run are counted together. */
function statementsOf(checks: readonly StandingCheck[]): Statement[] {
  const counted = checks.filter(({ check: { verification }, changed }) => changed.length === 0 && isCounted(verification));
  const failure = ({ check }: StandingCheck) => failureLines(check.verification);
  const others = checks.filter((standing) => counted.length < 2 || !counted.includes(standing));
  const single = others.map((standing) => ({
    sentence: verificationSentence(standing.check, standing.changed),
    failure: failure(standing),
  }));
  const [first] = counted;
  if (first === undefined || counted.length < 2) return single;
  const sum = (name: 'passed' | 'failed' | 'skipped') =>
    counted.reduce((total, { check }) => total + (check.verification.counts?.[name] ?? 0), 0);
  const counts = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  const { check } = counted.find((standing) => standing.check.verification.verdict === 'failed') ?? first;
  const verification = { ...check.verification, counts };
  return [...single, { sentence: verificationSentence({ ...check, verification }, []), failure: failureLines(verification) }];
}

/** Whether its numbers alone say what it has found; of failures it is also told which are old. */
function isCounted({ kind, verdict, counts, before }: StandingCheck['check']['verification']): boolean {
  return (
    kind === 'tests' &&
    counts !== undefined &&
    before === undefined &&
    (verdict === 'passed' || (verdict === 'failed' && counts.failed > 0))
  );
}

/** Of each command the last time that it ran; one that is stale only where nothing newer of its kind speaks for the files. */
function standingChecks(state: RunState, now: readonly SeenFile[] | undefined): StandingCheck[] {
  const byCommand = Map.groupBy(state.checks.filter(isVerified), ({ command }) => command);
  const all = [...byCommand.values()].map((checks) => speaking(checks, (check) => ({ check, changed: changedSince(state, check, now) })));
  const fresh = all.filter(({ changed }) => changed.length === 0);
  const covered = new Set(fresh.map(kindOf));
  const stale = new Map(
    all.filter((standing) => standing.changed.length > 0 && !covered.has(kindOf(standing))).map((each) => [kindOf(each), each]),
  );
  return [...stale.values(), ...fresh].toSorted((a, b) => a.check.sequence - b.check.sequence);
}

type VerifiedRecord = StandingCheck['check'];

/** The newest one; where it is stale, an earlier one that told something of files that have come back since. */
function speaking(checks: readonly VerifiedRecord[], standing: (check: VerifiedRecord) => StandingCheck): StandingCheck {
  const newest = standing(checks.at(-1)!);
  if (newest.changed.length === 0) return newest;
  const earlier = checks
    .slice(0, -1)
    .toReversed()
    .filter(({ verification: { verdict } }) => tells.has(verdict));
  return earlier.map(standing).find(({ changed }) => changed.length === 0) ?? newest;
}

const tells: ReadonlySet<string> = new Set(['passed', 'failed', 'timed_out', 'no_tests']);

function isVerified(check: CheckRecord): check is StandingCheck['check'] {
  return check.verification !== undefined;
}

function kindOf({ check: { command, verification } }: StandingCheck): string {
  return verification.recipe === 'command' ? command : `${verification.recipe} ${verification.kind}`;
}

function outcomeOf({ check, changed }: StandingCheck): Proof['outcome'] {
  const { verdict } = check.verification;
  if (changed.length > 0 || isOldFailure(check.verification)) return 'unchecked';
  if (verdict === 'failed' || verdict === 'timed_out') return 'failed';
  return verdict === 'passed' ? 'passed' : 'unchecked';
}
