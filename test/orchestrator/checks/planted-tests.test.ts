import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { noSandbox, skipNote } from '../../support/sandbox-here.ts';
import { noProcessesWith } from '../../support/processes-with.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { block, checkedTeam } from './checked-team.ts';

/** What a model may have written as the tests of `a.py`: the lines of one test. */
const testOf = (...lines: string[]) =>
  block(
    'test_a.py',
    `import os, shutil, socket, subprocess, sys, unittest\nfrom a import total\n\n\nclass Total(unittest.TestCase):\n    def test_total(self):\n${lines.map((line) => `        ${line}\n`).join('')}`,
  );

async function runTests(
  tests: string,
  {
    code = block('a.py', 'total = 1\n'),
    seconds = 30,
    environment,
  }: { code?: string; seconds?: number; environment?: Record<string, string> } = {},
) {
  const commandEnvironment = { PATH: '/usr/bin:/bin', HOME: '/home/somebody', ...environment };
  const team = await checkedTeam({ code, tests, settings: { verify_timeout: seconds }, orchestrator: { commandEnvironment } });
  const result = await team.fix();
  const before = readdirSync(team.folderOf(result)).toSorted();
  expect(result.status, 'the run goes on').toBe('completed');
  expect(before, 'the files of the run are as they were').toEqual(['01-bug_analysis.md', 'NOTES.md', 'a.py', 'test_a.py']);
  const check = result.checks.findLast(({ kind }) => kind === 'tests');
  if (check === undefined) throw new Error('tests were run');
  return { result, check, told: team.told(result), outcome: result.verification.outcome };
}

describe.skipIf(noSandbox !== undefined)(`tests as a model may write them, run at the end of its step${skipNote}`, () => {
  it('that pass are counted, with their names and the hashes of what they saw', async () => {
    const { check, told, outcome } = await runTests(testOf('self.assertEqual(total, 1)'));
    expect(check).toMatchObject({
      step: 'regression_testing',
      verdict: 'passed',
      passed: 1,
      failed: 0,
      skipped: 0,
      fresh: true,
      exit_code: 0,
    });
    expect(check.tests).toMatchObject([{ name: expect.stringContaining('test_total'), outcome: 'passed' }]);
    expect(check.files?.map(({ path }) => path)).toEqual(['a.py', 'test_a.py']);
    expect(told).toContain('1 of 1 test ran and passed (fresh).');
    expect(outcome).toBe('passed');
  });

  it('of a program whose import is missing fail', async () => {
    const { check, outcome } = await runTests(testOf('self.assertEqual(total, 1)'), { code: block('a.py', 'total = read_total(1)\n') });
    expect(check).toMatchObject({ verdict: 'failed', why: expect.stringContaining("name 'read_total' is not defined") });
    expect(outcome).toBe('failed');
  });

  it('with a wrong assertion fail, and say what was expected', async () => {
    const { check, told, outcome } = await runTests(testOf('self.assertEqual(total, 2)'));
    expect(check).toMatchObject({ verdict: 'failed', passed: 0, failed: 1, why: expect.stringContaining('1 != 2') });
    expect(told).toContain('1 of 1 test fails (fresh).');
    expect(told).toContain('1 != 2');
    expect(outcome).toBe('failed');
  });

  it('that never end are ended when their time is over, and told once', async () => {
    const { check, told, outcome } = await runTests(testOf('while True: pass'), { seconds: 1 });
    expect(check.verdict).toBe('timed_out');
    expect(told.match(/The tests were still running after \d+\.\d s and were ended \(fresh\)\./g)).toHaveLength(1);
    expect(outcome).toBe('failed');
  });

  it('that are a fork bomb are ended with everything that they started', async () => {
    const word = `planted-bomb-${process.pid}`;
    // Without doubling: what doubles is tried in the sandbox's own tests, and two at once would take what this machine has.
    const bomb = `[subprocess.Popen(['sh', '-c', 'sleep 600; true', '${word}']) for _ in range(3000)]`;
    const { check, outcome } = await runTests(testOf(bomb), { seconds: 30 });
    expect(check.verdict).toBe('failed');
    expect(outcome).toBe('failed');
    await noProcessesWith(word);
  });

  it('that delete their folder delete a copy of it', async () => {
    const { check } = await runTests(testOf('shutil.rmtree(os.getcwd(), ignore_errors=True)', 'self.assertEqual(total, 1)'));
    expect(check.files?.map(({ path }) => path)).toEqual(['a.py', 'test_a.py']);
    expect(check.fresh).toBe(true);
  });

  it('that read the keys of the person find none', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, '.ssh'));
    writeFileSync(join(home, '.ssh', 'id_ed25519'), 'the-secret');
    const read = `print(open(os.path.expanduser('~/.ssh/id_ed25519')).read())`;
    const { result, check } = await runTests(testOf(read), { environment: { HOME: home } });
    expect(check).toMatchObject({ verdict: 'failed', failed: 1, output: expect.stringContaining('FileNotFoundError') });
    expect(JSON.stringify(result)).not.toContain('the-secret');
  });

  it('that open a socket reach nobody, fail, and are told that there is no network', async () => {
    let visits = 0;
    const server = createServer(() => (visits += 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const near = await runTests(testOf(`socket.create_connection(('127.0.0.1', ${port}), 5)`));
    expect(near.check).toMatchObject({ verdict: 'failed', failed: 1 });
    const far = await runTests(testOf(`socket.create_connection(('192.0.2.1', 80), 5)`));
    expect(far.told).toContain('1 of 1 test fails (fresh). There is no network where tests run.');
    expect(visits).toBe(0);
  });

  it('that write outside are refused, or it is gone with them', async () => {
    const outside = temporaryFolder();
    const write = (path: string) => `open(${JSON.stringify(path)}, 'w').write('x')`;
    const { check } = await runTests(testOf(write('/tmp/planted-by-a-test'), write(join(outside, 'planted'))));
    expect(check).toMatchObject({ verdict: 'failed', failed: 1 });
    expect(existsSync('/tmp/planted-by-a-test')).toBe(false);
    expect(readdirSync(outside)).toEqual([]);
  });

  it('that print a gigabyte are read to their end, and little of it is kept', async () => {
    const { check } = await runTests(testOf(`subprocess.run('head -c 1000000000 /dev/zero', shell=True)`, 'self.assertEqual(total, 1)'), {
      seconds: 120,
    });
    expect(check).toMatchObject({ verdict: 'passed', passed: 1 });
    expect(check.output).toMatch(/bytes left out/);
    expect(check.output.length).toBeLessThan(70_000);
  });

  it('that leave a daemon behind leave none', async () => {
    const word = `planted-daemon-${process.pid}`;
    const leave = `subprocess.Popen(['setsid', 'sh', '-c', 'trap "" HUP TERM; while :; do sleep 1; done', '${word}'])`;
    const { check } = await runTests(testOf(leave, 'self.assertEqual(total, 1)'));
    expect(check.verdict).toBe('passed');
    await noProcessesWith(word);
  });

  it('that need a package that is not there are not failed tests: nothing is claimed', async () => {
    const { check, told, outcome } = await runTests(testOf('self.assertEqual(total, 1)'), {
      code: block('a.py', 'import requests_of_nobody\ntotal = 1\n'),
    });
    expect(check.verdict).toBe('missing_package');
    expect(told).toContain(
      'The tests were not run: the package requests_of_nobody is not on this machine, and no file names it among the packages of the project.',
    );
    expect(outcome).toBe('unchecked');
  });

  it('whose toolchain is not there are not run, and that is told', async () => {
    const folder = temporaryFolder();
    const { check, told, outcome } = await runTests(testOf('self.assertEqual(total, 1)'), { environment: { PATH: folder } });
    expect(check).toMatchObject({ verdict: 'missing_tool', why: 'python3', outcome: 'not_started' });
    expect(told).toContain('The tests were not run: python3 is not on this machine.');
    expect(outcome).toBe('unchecked');
  });
});
