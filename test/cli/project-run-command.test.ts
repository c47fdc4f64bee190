import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../support/run-command.ts';
import { noSandbox, skipNote } from '../support/sandbox-here.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const replies = replyAsTeam();
type Contents = Record<string, string | Uint8Array>;

interface OnProject {
  /** What is committed before the run. */
  files: Contents;
  /** What Git ignores. */
  ignored?: Contents;
  /** What the bug fix writes. */
  fix: Record<string, string>;
}

/** A bug fix as a person starts it, on a project of which no file is named. */
async function onProject({ files, ignored = {}, fix }: OnProject) {
  const server = await startFakeLlamaServer({
    reply: (request) => {
      if (request.taskType === 'bug_fix')
        return Object.entries(fix)
          .map(([path, content]) => `\`\`\`:${path}\n${content}\`\`\`\n`)
          .join('\n');
      if (request.taskType === 'refinement') return '```:app/store.py\ndef total(numbers):\n    return 0 + sum(numbers)\n```\n';
      if (request.taskType === 'regression_testing') return '```markdown:TESTS.md\n# By hand\n```\n';
      return request.taskType === 'release_notes' ? '```markdown:NOTES.md\n# Mended\n```\n' : replies(request);
    },
  });
  onTestFinished(() => server.close());
  const directory = join(temporaryFolder(), 'project');
  const put = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  };
  for (const [path, content] of Object.entries({ ...files, ...ignored })) put(path, content);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: directory, encoding: 'utf8' });
  git('init', '--quiet', '--initial-branch=main');
  for (const [name, value] of Object.entries({ 'user.name': 'A', 'user.email': 'a@example.com' })) git('config', name, value);
  git('add', '--force', ...Object.keys(files));
  git('commit', '--quiet', '--message=first');
  const command = (...args: string[]) => runCommand(args, { directory, environment: { MULTIAGENT_VERIFY: 'auto' } });
  const start = (...args: string[]) =>
    command('run', 'bug-fix', 'The total is wrong.', '--base-url', server.address, '--max-parallel', '1', ...args);
  const result = () => {
    const [name = ''] = readdirSync(join(directory, 'output')).filter((found) => /^workflow_.*\.json$/.test(found));
    return JSON.parse(readFileSync(join(directory, 'output', name), 'utf8')) as {
      workflow_id: string;
      checks: {
        command: string;
        verdict: string;
        passed: number;
        failed: number;
        failed_before: string | null;
        why: string;
        output: string;
      }[];
      verification: { outcome: string };
    };
  };
  return { directory, put, git, command, start, result };
}

const python = {
  'app/__init__.py': '',
  'app/store.py': 'def total(numbers):\n    return 0\n',
  'app/words.py': 'def words(text):\n    return text.split()\n',
  'tests/__init__.py': '',
  'tests/test_store.py':
    'import unittest\nfrom app.store import total\n\n\nclass Total(unittest.TestCase):\n    def test_none(self):\n        self.assertEqual(total([]), 0)\n',
  'tests/test_words.py':
    'import unittest\nfrom app.words import words\n\n\nclass Words(unittest.TestCase):\n    def test_two(self):\n        self.assertEqual(words("a b"), ["a"])\n',
};
const good = { 'app/store.py': 'def total(numbers):\n    return sum(numbers)\n' };
const bad = { 'app/store.py': 'def total(numbers):\n    return 1 + sum(numbers)\n' };

describe.skipIf(noSandbox !== undefined)(`a run on a project that is there${skipNote}`, () => {
  it('has the tests of the project run on its change: what failed before is told apart, and nobody repairs it', async () => {
    const { start, result, command } = await onProject({ files: python, fix: good });
    const { code, output } = await start();
    const [check] = result().checks;
    expect(check).toMatchObject({ verdict: 'failed', passed: 1, failed: 1, failed_before: 'all' });
    expect(output).toContain('1 of 2 tests fails, as before the run (fresh).');
    expect(code).toBe(0);
    expect((await command('show', result().workflow_id)).output).not.toContain('/repair/');
  });

  it('has what its tests read and import, also if the team does not read it', async () => {
    const { start } = await onProject({
      files: {
        'package.json': '{"type": "module"}\n',
        'total.js': 'export const total = () => 0;\n',
        'test/large.json': `[${'1,\n'.repeat(90_000)}1]\n`,
        'test/total.test.js':
          "import { readFileSync } from 'node:fs';\nimport test from 'node:test';\nimport assert from 'node:assert';\nimport { one } from 'own';\nimport { total } from '../total.js';\n\n" +
          "test('all', () => assert.equal(total(JSON.parse(readFileSync(new URL('large.json', import.meta.url)))), 90001 * one));\ntest('old', () => assert.equal(1, 2));\n",
      },
      ignored: {
        'node_modules/own/package.json': '{"type": "module", "exports": "./index.js"}\n',
        'node_modules/own/index.js': 'export const one = 1;\n',
      },
      fix: { 'total.js': 'export const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);\n' },
    });
    const { output, code } = await start();
    expect(output).toContain('1 of 2 tests fails, as before the run (fresh).');
    expect(code).toBe(0);
  });

  it('whose change breaks a test is told so, beside what failed before', async () => {
    const { start, result } = await onProject({ files: python, fix: bad });
    const { code, output } = await start();
    expect(output).toContain('2 of 2 tests fail, 1 of them as before the run (fresh).');
    expect(result().checks.at(-1)?.why).toContain('test_none');
    expect(code).toBe(1);
  });

  it('checks on a worktree the project as it is committed, says so in the message, and goes on in it with refine and rerun', async () => {
    const { start, put, git, command, result, directory } = await onProject({ files: python, fix: good });
    // What is not committed would break every test.
    put('app/store.py', 'raise SystemExit(1)\n');
    const { code, errors } = await start('--worktree=fix');
    expect({ code, errors }).toMatchObject({ code: 0 });
    expect(git('log', '-1', '--format=%B', 'fix')).toContain('1 of 2 tests fails, as before the run (fresh).');
    const { workflow_id: run } = result();
    for (const follow of [
      ['refine', run, 'Say it in one line.'],
      ['rerun', run, '--from', 'bug_fix'],
    ]) {
      const followed = await command(...follow);
      expect(followed, followed.errors).toMatchObject({ code: 0, output: expect.stringContaining('on the branch fix') });
      expect(followed.output).toContain('1 of 2 tests fails');
    }
    expect(git('log', '--format=%s', 'main..fix').split('\n')).toHaveLength(4);
    expect(git('show', 'fix:app/store.py')).toBe(good['app/store.py']);
    expect(readdirSync(join(directory, '.multiagent/worktrees'))).toEqual([run]);
    expect(readFileSync(join(directory, 'app/store.py'), 'utf8')).toContain('SystemExit');
    // Once merged, the worktree is removed, and what was proved stays proved.
    git('worktree', 'remove', join('.multiagent/worktrees', run));
    expect((await command('show', run)).output).toContain('as before the run (fresh).');
  });

  it('gives --check the whole project, with what Git has of it and the team does not read, and no secret', async () => {
    const { start, result } = await onProject({
      files: {
        ...python,
        'package-lock.json': '{}\n',
        'tests/picture.png': new Uint8Array([137, 80, 78, 71, 0]),
        'tests/large.txt': '0123456789\n'.repeat(30_000),
        '.env': 'KEY=1\n',
        'tests/token.json': `{"token": "ghp_${'aB3dE5gH7jK9'.repeat(3)}"}\n`,
        'dist/bundle.js': 'built\n',
        '.multiagentignore': 'drafts/\n',
        'drafts/secret.bin': new Uint8Array([0, 1]),
      },
      fix: good,
    });
    const { output } = await start('--check', 'cat app/store.py; ls -A . tests; echo "listed"; exit 3');
    expect(output).toContain('FAILED with exit code 3');
    const seen = result().checks.at(-1)?.output.split('\n') ?? [];
    expect(seen.slice(0, 2).join('\n')).toBe(good['app/store.py'].trim());
    expect(seen.slice(2)).toEqual(
      expect.arrayContaining(['package-lock.json', 'large.txt', 'picture.png', 'test_words.py', 'TESTS.md', 'listed']),
    );
    for (const hidden of ['.env', 'token.json', 'dist', 'drafts', '.git', '.multiagent']) expect(seen).not.toContain(hidden);
  });
});
