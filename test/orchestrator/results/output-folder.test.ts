import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { RunFolder } from '../../../src/files/disk/run-folder.ts';
import { ensureOutputFolder } from '../../../src/orchestrator/results/output-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ensure = (output: string) => ensureOutputFolder(new RunFolder(output), { output, owner: 'run' });

const answers = (command: string, ...words: string[]) => spawnSync(command, words).status === 0;
const hasPytest = answers('python3', '-m', 'pytest', '--version');
const hasGo = answers('go', 'version');

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

test('keeps itself out of Git and pytest, and is a module of Go only in a project of Go', async () => {
  const [plain, go] = [temporaryFolder(), temporaryFolder()];
  write(join(go, 'go.mod'), 'module example.com/project\n');
  for (const project of [plain, go]) await ensure(join(project, 'output'));
  expect(readdirSync(join(plain, 'output')).sort()).toEqual(['.gitignore', 'conftest.py']);
  expect(readdirSync(join(go, 'output')).sort()).toEqual(['.gitignore', 'conftest.py', 'go.mod']);
});

test('a folder that was there before is left as it is', async () => {
  const project = temporaryFolder();
  await ensure(project);
  expect(readdirSync(project)).toEqual([]);
});

describe.skipIf(!hasPytest)('pytest', () => {
  /** Two runs with the same test as the project itself, one of them failing. */
  async function project(): Promise<string> {
    const folder = temporaryFolder();
    await ensure(join(folder, 'output'));
    write(join(folder, 'tests/test_sum.py'), 'def test_sum(): assert 1 + 1 == 2\n');
    write(join(folder, 'output/generated/1/tests/test_sum.py'), 'def test_sum(): assert 1 + 1 == 2\n');
    write(join(folder, 'output/generated/2/tests/test_sum.py'), 'def test_sum(): assert 1 + 1 == 3\n');
    symlinkSync('1', join(folder, 'output/generated/latest'));
    return folder;
  }
  const pytest = (folder: string, ...words: string[]) => {
    const environment = { PATH: process.env['PATH'], HOME: process.env['HOME'], PYTHONDONTWRITEBYTECODE: '1' };
    const { stdout } = spawnSync('python3', ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', ...words], {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
    });
    return /\d+ (?:passed|failed|error).*(?= in )/.exec(stdout)?.[0];
  };

  test('of the project runs the tests of the project only', async () => {
    expect(pytest(await project())).toBe('1 passed');
  });

  test.each(['', '[pytest]\n'])('started in the folder of a run runs its tests, with settings of the project: %j', async (settings) => {
    const folder = await project();
    if (settings !== '') write(join(folder, 'pytest.ini'), settings);
    expect(pytest(join(folder, 'output/generated/1'))).toBe('1 passed');
    expect(pytest(join(folder, 'output/generated/2'))).toBe('1 failed');
  });

  test('that is told the folder of a run runs its tests', async () => {
    const folder = await project();
    expect(pytest(folder, 'output/generated/latest')).toBe('1 passed');
    expect(pytest(folder, 'output/generated/2/tests/test_sum.py::test_sum')).toBe('1 failed');
  });
});

test.skipIf(!hasGo)('go builds and tests the project without what lies there', async () => {
  const folder = temporaryFolder();
  write(join(folder, 'go.mod'), 'module example.com/project\n');
  await ensure(join(folder, 'output'));
  write(join(folder, 'one.go'), 'package project\n');
  write(join(folder, 'output/generated/1/broken.go'), 'package broken\nfunc (\n');
  const { status, stdout } = spawnSync('go', ['list', './...'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'example.com/project\n' });
});
