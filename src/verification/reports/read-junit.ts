import { type TestResult, testResults, type TestResults } from '../test-results.ts';
import { xmlPieces } from './xml-pieces.ts';

/** No more than this is kept of a message. */
const longestText = 64 * 1024;

/**
 * Reads the test cases of JUnit XML, as pytest, Node, Vitest and Maven write it. A test is named by its group and its name. Undefined if there is no report.
 */
export function readJUnit(report: string | undefined): TestResults | undefined {
  const tests = report === undefined ? undefined : junitTests(report);
  return tests && testResults(tests);
}

/** Undefined if the text is not such a report, or is cut off. */
export function junitTests(report: string): TestResult[] | undefined {
  const tests: TestResult[] = [];
  let test: TestResult | undefined;
  /** Inside the element that says why a test failed. */
  let isTold = false;
  let open = 0;
  let suites = 0;
  for (const piece of xmlPieces(report)) {
    if (piece.kind === 'text') {
      if (isTold && test?.message !== undefined && test.message.length < longestText) test.message += piece.text.slice(0, longestText);
      continue;
    }
    if (piece.kind === 'close') {
      open -= 1;
      if (piece.name === 'testcase') test = undefined;
      if (isFailure(piece.name)) isTold = false;
      continue;
    }
    const { name, attributes, isEmpty } = piece;
    if (!isEmpty) open += 1;
    if (name === 'testsuite' || name === 'testsuites') suites += 1;
    else if (name === 'testcase') {
      const found: TestResult = { name: nameOf(attributes), outcome: 'passed' };
      tests.push(found);
      test = isEmpty ? undefined : found;
    } else if (test !== undefined && isFailure(name)) {
      test.outcome = 'failed';
      test.message = `${test.message ?? ''}${attributes.get('message') ?? ''}\n`;
      isTold = !isEmpty;
    } else if (test?.outcome === 'passed' && name === 'skipped') test.outcome = 'skipped';
  }
  return suites > 0 && open === 0 ? tests : undefined;
}

function isFailure(element: string): boolean {
  return element === 'failure' || element === 'error';
}

function nameOf(attributes: ReadonlyMap<string, string>): string {
  const name = attributes.get('name') ?? '';
  const group = attributes.get('classname') ?? '';
  // Node names the group of tests outside any suite `test`.
  return group === '' || group === 'test' ? name : `${group} > ${name}`;
}
