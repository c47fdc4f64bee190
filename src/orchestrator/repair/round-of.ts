import type { RunState } from '../../state/run/run-state.ts';
import { proofOfExamples } from '../trials/proof-of-examples.ts';
import { proofOfRun, type StandingCheck } from '../proof/proof-of-run.ts';
import { isOldFailure } from '../checks/failed-before.ts';
import { failureMark } from './failure-mark.ts';
import type { TestRound } from './next-repair.ts';

/** What checks and examples say of the files that stand now. */
export interface Round {
  round: TestRound;
  /** What a repair is told; absent where nothing fails. */
  told?: { ran: string; outcome: string; failure: string } | undefined;
}

const longestFailure = 1500;

/** The cheapest fault first: what does not compile is not tested, and an example of the requirement counts more than a test that the team wrote. */
export function roundOf(state: RunState): Round {
  const { checks, sentences } = proofOfRun(state);
  // What failed before the run is nobody's here.
  const fresh = checks.filter(({ check, changed }) => changed.length === 0 && !isOldFailure(check.verification));
  const examples = proofOfExamples(state);
  const isFresh = examples?.fresh === true;
  const passed = fresh.reduce((sum, { check }) => sum + (check.verification.counts?.passed ?? 0), 0) + (isFresh ? examples.held : 0);
  const failed = fresh.filter(({ check }) => check.verification.verdict === 'failed');
  const built = failed.find((standing) => !isOfTests(standing));
  const outcome = sentences.join(' ').slice(0, 900);
  const hold = isFresh && examples.held > 0 && examples.held === examples.run ? { examples: 'hold' as const } : {};
  const fails = (place: 'tests' | 'build', ran: string, failure: string): Round => ({
    round: { kind: 'failed', in: place, passed, mark: failureMark(failure), ...hold },
    told: { ran, outcome, failure: failure.slice(0, longestFailure) },
  });
  if (built !== undefined) return fails('build', `The files were checked (${built.check.verification.recipe}).`, failureIn(built));
  const example = isFresh ? examples.examples.find((one) => one.outcome === 'fails') : undefined;
  if (example !== undefined) {
    const { quote, why = '' } = example;
    return fails('build', 'The examples in the requirement were tried.', `The requirement says: ${quote}\nBut: ${why}`);
  }
  const tests = failed.find(isOfTests);
  if (tests !== undefined) return fails('tests', testsWereRun(tests), failureIn(tests));
  const hanging = fresh.find(({ check }) => check.verification.verdict === 'timed_out');
  if (hanging !== undefined) {
    const failure = 'It did not come to an end, and was stopped.';
    return {
      round: { kind: 'failed', in: 'hang', passed, mark: 'hang' },
      told: { ran: testsWereRun(hanging), outcome, failure },
    };
  }
  const speaks = fresh.some(({ check }) => check.verification.verdict === 'passed') || (isFresh && examples.run > 0);
  return { round: { kind: speaks ? 'passed' : 'no_failure' } };
}

function isOfTests({ check }: StandingCheck): boolean {
  return check.verification.kind === 'tests' || check.verification.kind === 'command';
}

function testsWereRun({ check: { command, verification } }: StandingCheck): string {
  return `The tests were run (${verification.recipe === 'command' ? command.slice(0, 500) : verification.recipe}).`;
}

function failureIn({ check }: StandingCheck): string {
  return check.verification.why ?? check.output;
}
