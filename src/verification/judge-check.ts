import type { CommandResult } from '../sandbox/sandbox.ts';
import { printable, shorten } from '../utils/printable.ts';
import type { CheckVerdict } from './check-verdict.ts';
import { firstFailure, isTelling } from './first-failure.ts';
import { withoutMachinePaths } from './machine-paths.ts';
import type { PlannedCheck } from './planned-check.ts';
import { type TestResult, testResults, type TestResults } from './test-results.ts';

export interface EndedCheck extends Pick<CommandResult, 'outcome' | 'output'> {
  /** Absent if a signal ended it. */
  exitCode?: number | undefined;
  /** Which limit, other than time, ended it. */
  exceeded?: CommandResult['exceeded'] | undefined;
  /** The content of the file that the check names as `report`; see `readReport`. */
  report?: string | undefined;
  /** Absolute: where the command ran. It is removed from what is reported. */
  folder?: string | undefined;
}

const mostMessages = 20;
const longestMessage = 1200;

/**
 * Judges the outcome of a check. The exit code decides: a report, or a program that prints how well it went, can make a verdict worse but never better.
 * If nothing was tested, or a package is missing, the check says nothing about the files.
 */
export function judgeCheck(check: PlannedCheck, ran: EndedCheck): CheckVerdict {
  if (ran.outcome === 'timed_out') return { kind: 'timed_out' };
  if (ran.outcome === 'stopped') return { kind: 'not_run', why: 'it was stopped' };
  const output = printable(ran.output);
  if (ran.outcome === 'not_started') return { kind: 'not_run', why: output.trim().split('\n')[0] || 'it could not be started' };

  const results = resultsOf(check, ran, output);
  const failed = (said: string | undefined, test: TestResult | undefined): CheckVerdict => ({
    kind: 'failed',
    ...(results === undefined || results.passed + results.failed + results.skipped === 0
      ? {}
      : { results: withoutPlaces(results, ran.folder) }),
    firstFailure: firstFailure({ said, test, output, folder: ran.folder }),
  });
  if (ran.exceeded !== undefined)
    return failed(`It ${ran.exceeded === 'memory' ? 'used too much memory' : 'started too many processes'} and was ended.`, undefined);
  if (ran.exitCode === 127) {
    const tool = check.tools.find((name) => isNotFound(output, name));
    if (tool !== undefined) return { kind: 'missing_tool', tool };
  }

  const failures = results?.tests.filter(({ outcome }) => outcome === 'failed') ?? [];
  if (ran.outcome === 'failed' || (results?.failed ?? 0) > 0) {
    const real = failures.find(({ message = '' }) => isTelling(message) && check.findObstacle?.(message) === undefined);
    if (real !== undefined) return failed(undefined, real);
    // Read from the messages as well: output may be only in a report, or lost if there was much of it.
    const obstacle = check.findObstacle?.([output, ...failures.map(({ message = '' }) => message)].join('\n'));
    if (obstacle !== undefined) return obstacle;
    const isOdd = results !== undefined && results.failed === 0 && results.passed > 0 && check.singleTest === undefined;
    const ending = ran.exitCode === undefined ? 'a signal' : `exit code ${ran.exitCode}`;
    return failed(isOdd ? `No test failed, and yet the command ended with ${ending}.` : undefined, failures[0]);
  }
  if (check.kind !== 'tests') return { kind: 'passed' };
  if (results === undefined)
    return (
      check.findObstacle?.(output) ??
      failed('The tests ended with exit code 0 before their result was told: something in the files ends the process.', undefined)
    );
  return results.passed === 0 ? { kind: 'no_tests' } : { kind: 'passed', results: withoutPlaces(results, ran.folder) };
}

function resultsOf({ kind, singleTest, readResults }: PlannedCheck, ran: EndedCheck, output: string): TestResults | undefined {
  if (singleTest === undefined) return kind === 'tests' ? readResults?.({ output, report: ran.report }) : undefined;
  return testResults([{ name: singleTest, outcome: ran.outcome === 'passed' ? 'passed' : 'failed' }]);
}

/** For readers: the messages of a few failures, without folders of the machine. */
function withoutPlaces(results: TestResults, folder: string | undefined): TestResults {
  const tests = results.tests.map(({ name, outcome, message }, at) => ({
    name: withoutMachinePaths(name, folder),
    outcome,
    ...(message === undefined || at >= mostMessages ? {} : { message: shorten(withoutMachinePaths(message, folder), longestMessage) }),
  }));
  return { ...results, tests };
}

/** As shells report it. */
function isNotFound(output: string, tool: string): boolean {
  return output.split('\n').some((line) => line.endsWith(`${tool}: not found`) || line.endsWith(`${tool}: command not found`));
}
