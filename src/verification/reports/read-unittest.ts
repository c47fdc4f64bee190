import { type TestResult, testResults, type TestResults } from '../test-results.ts';

const rule = '='.repeat(70);
const line = '-'.repeat(70);
const title = /^(\w{1,200}) \(([\w.<>]{1,400})\)/;
const ending = / \.\.\. (ok|skipped|expected failure)\b/;
const sum = /^Ran (\d{1,9}) tests? in /;
const parts = /\b(failures|errors|skipped|unexpected successes)=(\d{1,9})/g;

/** Reads the output of `python3 -m unittest -v`: a line for each test, a section for each failure, and the total at the end. */
export function readUnittest(output: string): TestResults | undefined {
  const lines = output.split('\n');
  // The last one counts: a program under test may print such a line itself.
  const end = lines.findLastIndex((text) => sum.test(text));
  if (end === -1) return undefined;
  const ran = Number(sum.exec(lines[end]!)![1]);
  const told = new Map(
    [...(lines.slice(end + 1).find((text) => text.trim() !== '') ?? '').matchAll(parts)].map(([, name, count]) => [name, Number(count)]),
  );
  const tolled = (name: string) => told.get(name) ?? 0;

  const failures = failuresIn(lines.slice(0, end));
  const others = passedAndSkipped(lines.slice(0, end)).filter(({ name }) => !failures.has(name));
  const failed = Math.max(failures.size, failures.size === 0 ? tolled('failures') + tolled('errors') : 0) + tolled('unexpected successes');
  // The setup of a class can fail without a test having run.
  const prepared = [...failures.keys()].filter((name) => /^(?:setUp|tearDown)(?:Class|Module) /.test(name)).length;
  const skipped = Math.min(tolled('skipped'), ran);
  const passed = Math.max(0, ran - (failed - prepared) - skipped);
  return testResults([...failures.values(), ...others], { passed, failed, skipped });
}

/** By name; parts of a test (`subTest`) belong to it. */
function failuresIn(lines: readonly string[]): Map<string, TestResult> {
  const failures = new Map<string, TestResult>();
  for (const [at, text] of lines.entries()) {
    const head = text === rule ? /^(?:FAIL|ERROR): (.{1,700})$/.exec(lines[at + 1] ?? '')?.[1] : undefined;
    if (head === undefined) continue;
    const name = title.exec(head)?.[0] ?? head;
    if (failures.has(name)) continue;
    const begin = lines.indexOf(line, at) + 1;
    const next = begin === 0 ? -1 : lines.findIndex((other, index) => index > begin && (other === rule || other === line));
    failures.set(name, {
      name,
      outcome: 'failed',
      message: begin === 0 ? head : lines.slice(begin, next === -1 ? undefined : next).join('\n'),
    });
  }
  return failures;
}

function passedAndSkipped(lines: readonly string[]): TestResult[] {
  const tests: TestResult[] = [];
  for (const [at, text] of lines.entries()) {
    const found = ending.exec(text)?.[1];
    // The first line of a doc string stands between a test's name and its outcome.
    const name = found && (title.exec(text) ?? title.exec(lines[at - 1] ?? ''))?.[0];
    if (name) tests.push({ name, outcome: found === 'skipped' ? 'skipped' : 'passed' });
  }
  return tests;
}
