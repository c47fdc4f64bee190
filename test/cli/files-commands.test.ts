import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import type { WorkflowResult } from '../../src/orchestrator/results/run-result.ts';
import { noSandbox, skipNote } from '../support/sandbox-here.ts';
import { runCommand } from '../support/run-command.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const replies = replyAsTeam();
/** What these tests are about is the same with one, and a machine may have none. */
const withoutSandbox = ['--sandbox', 'off'];
const block = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n`;

/** A project with one bug fix that ended: `bug_fix` wrote src/a.py and broken.py, `regression_testing` wrote src/a.py anew. */
async function project(
  extra: string[] = [],
  onOutput?: Parameters<typeof runCommand>[1]['onOutput'],
  { files = {}, environment = {} }: { files?: Record<string, string>; environment?: Record<string, string> } = {},
) {
  const server = await startFakeLlamaServer({
    reply: (request) => {
      if (request.taskType === 'bug_fix') return `${block('src/a.py', 'a = 1\n')}\n${block('broken.py', 'def f(:\n    pass\n')}`;
      if (request.taskType === 'regression_testing')
        return `${block('src/a.py', 'a = 2\n')}\n${block('test_a.py', 'def test_a():\n    pass\n')}`;
      return replies(request);
    },
  });
  onTestFinished(() => server.close());
  const directory = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  const command = (...args: string[]) => runCommand(args, { directory });
  const start = ['run', 'bug-fix', '--requirement', 'It crashes.', '--base-url', server.address, '--max-parallel', '1'];
  const outcome = await runCommand([...start, ...extra], { directory, environment, ...(onOutput === undefined ? {} : { onOutput }) });
  const read = (path: string) => (existsSync(join(directory, path)) ? readFileSync(join(directory, path), 'utf8') : undefined);
  return { directory, command, outcome, read, latest: (path: string) => join(directory, 'output', 'generated', 'latest', path) };
}

describe('multiagent files', () => {
  it('lists each version with who wrote it and what became of it, and what does not parse', async () => {
    const { command, outcome } = await project();
    expect(outcome.output).toMatch(/broken\.py:1:7 does not parse as python: `\)` is missing/);
    expect(outcome.output).toContain('  Syntax   1 file does not parse: broken.py:1');
    const { code, output } = await command('files', 'latest');
    expect(code).toBe(0);
    expect(output).toMatch(/^path +bytes +sha256 +task +role +format +characters +what happened\n/);
    expect(output).toMatch(/^src\/a\.py +6 +[0-9a-f]{12} +bug_fix +developer +\S+ +19-25 +created, replaced later$/m);
    expect(output).toMatch(/^src\/a\.py +6 +[0-9a-f]{12} +regression_testing +qa_engineer +\S+ +19-25 +updated$/m);
    expect(output).toMatch(/^broken\.py:1:7 does not parse as python/m);
  });

  it('shows what a task changed as a patch', async () => {
    const { command } = await project();
    const one = await command('files', 'latest', '--diff', 'regression_testing');
    expect(one.output).toMatch(/^--- a\/src\/a\.py\n\+\+\+ b\/src\/a\.py\n@@ -1,1 \+1,1 @@\n-a = 1\n\+a = 2\n/);
    const all = await command('files', 'latest', '--diff');
    expect(all.output).toMatch(/^Task bug_fix\n--- \/dev\/null\n\+\+\+ b\/src\/a\.py\n/m);
    expect(await command('files', 'latest', '--diff', 'nothing')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('no task "nothing"'),
    });
  });

  it('compares with the disk, and ends with 1 where something differs', async () => {
    const { command, latest } = await project();
    expect(await command('files', 'latest', '--verify')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^All of \d+ files are as the run wrote them\.\n$/),
    });
    writeFileSync(latest('broken.py'), 'mine\n');
    expect(await command('files', 'latest', '--verify')).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^edited {3}broken\.py\n1 of \d+ files differ/),
    });
  });
});

describe('multiagent undo', () => {
  it('takes back a task, refuses where a person has edited, and stays undone', async () => {
    const { command, latest } = await project();
    const { code, output } = await command('undo', 'latest', 'regression-testing');
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('restored  src/a.py, as bug_fix wrote it\n') });
    expect(readFileSync(latest('src/a.py'), 'utf8')).toBe('a = 1\n');
    writeFileSync(latest('src/a.py'), 'mine\n');
    expect(await command('undo', 'latest')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('Edited since the run wrote them: src/a.py'),
    });
    expect(readFileSync(latest('src/a.py'), 'utf8')).toBe('mine\n');
    expect((await command('files', 'latest')).output).toMatch(/regression_testing .* updated, undone$/m);
  });
});

describe('multiagent apply', () => {
  it('shows what would change, writes it when told to, and takes it back', async () => {
    const { command, directory, read } = await project();
    mkdirSync(join(directory, 'src'));
    writeFileSync(join(directory, 'src', 'a.py'), 'a = 0\n');
    const refused = await command('apply', '--check');
    expect(refused.errors).toContain('conflict, not applied: src/a.py: it is in the project already, but the run has not read it\n');
    expect(refused.output).not.toContain('a/src/a.py');
    const looked = await command('apply', 'latest', '--check', '--overwrite');
    expect(looked).toMatchObject({
      code: 1,
      output: expect.stringContaining('--- a/src/a.py\n+++ b/src/a.py\n@@ -1,1 +1,1 @@\n-a = 0\n+a = 2\n'),
    });
    expect(read('src/a.py')).toBe('a = 0\n');

    expect(await command('apply', 'latest')).toMatchObject({ code: 2, errors: expect.stringContaining('no terminal to ask in') });
    expect(read('src/a.py')).toBe('a = 0\n');

    const { code, errors } = await command('apply', '--yes', '--overwrite');
    expect({ code, errors }).toMatchObject({ code: 0, errors: expect.stringContaining('multiagent undo --applied') });
    expect(errors).toMatch(/^Wrote 4 files\. What was there before is kept in \S+001\.$/m);
    expect([read('src/a.py'), read('broken.py'), read('01-bug_analysis.md')]).toEqual(['a = 2\n', 'def f(:\n    pass\n', undefined]);
    expect(await command('apply', 'latest', '--check')).toMatchObject({ code: 0, output: '' });

    writeFileSync(join(directory, 'broken.py'), 'mine\n');
    expect(await command('undo', '--applied', 'latest')).toMatchObject({ code: 1, errors: expect.stringContaining('broken.py') });
    writeFileSync(join(directory, 'broken.py'), 'def f(:\n    pass\n');
    expect(await command('undo', '--applied')).toMatchObject({ code: 0 });
    expect([read('src/a.py'), read('broken.py')]).toEqual(['a = 0\n', undefined]);
    expect(await command('undo', '--applied', 'latest')).toMatchObject({ code: 1, errors: expect.stringContaining('Nothing of the run') });
  });

  it('applies only the files that are named, as they stand in the folder of the run', async () => {
    const { command, latest, read } = await project();
    writeFileSync(latest('broken.py'), 'def f():\n    pass\n');
    const { code, errors } = await command('apply', 'latest', '--yes', '--file', 'broken.py', '01-bug_analysis.md');
    expect({ code, errors }).toMatchObject({
      code: 0,
      errors: expect.stringContaining('edited since the run, applied as it is now: broken.py'),
    });
    expect(errors, 'nothing was there before').toMatch(/^Wrote 2 files\.$/m);
    expect([read('broken.py'), read('src/a.py'), read('01-bug_analysis.md')?.length]).toEqual([
      'def f():\n    pass\n',
      undefined,
      expect.any(Number),
    ]);
    expect(await command('apply', 'latest', '--yes', '--file', 'other.py')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('no file "other.py"'),
    });
  });
});

describe('multiagent apply in a project that goes on', () => {
  /** A Git repository whose src/a.py a run has read and changed. */
  async function repository() {
    const directory = temporaryFolder();
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], { cwd: directory, encoding: 'utf8' });
    git('init', '--quiet');
    for (const [name, value] of [
      ['user.name', 'A'],
      ['user.email', 'a@example.com'],
    ] as const)
      git('config', name, value);
    mkdirSync(join(directory, 'src'));
    const file = join(directory, 'src', 'a.py');
    writeFileSync(file, 'a = 1\nb = 2\nc = 3\n');
    git('add', 'src');
    git('commit', '--quiet', '--message=first');
    const server = await startFakeLlamaServer({
      reply: (request) =>
        request.taskType === 'bug_fix'
          ? `${block('src/a.py', 'a = 10\nb = 2\nc = 3\n')}\n\`\`\`sh:bin/start.sh\n#!/bin/sh\n\`\`\`\n`
          : request.taskType === 'regression_testing'
            ? block('test_a.py', 'def test_a():\n    pass\n')
            : replies(request),
    });
    onTestFinished(() => server.close());
    const command = (...args: string[]) => runCommand(args, { directory });
    const started = await command(
      'run',
      'bug-fix',
      'It crashes.',
      '--base-url',
      server.address,
      '--max-parallel',
      '1',
      '--file',
      'src/a.py',
    );
    expect(started.code, started.errors).toBe(0);
    return { command, git, file, directory };
  }

  it('merges a file that has changed since the run read it, and commits that file alone, by itself', async () => {
    const { command, git, file, directory } = await repository();
    writeFileSync(file, 'a = 1\nb = 2\nc = 3\nd = 4\n');
    expect(await command('apply', 'src/a.py', '--yes', '--commit')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('Changed and not committed: src/a.py. Nothing was written.'),
    });
    git('commit', '--quiet', '--all', '--message=mine');
    writeFileSync(join(directory, 'other.txt'), 'staged\n');
    git('add', 'other.txt');
    writeFileSync(join(directory, '.git', 'hooks', 'post-commit'), '#!/bin/sh\ntouch hook-was-here\n', { mode: 0o755 });

    const { code, errors } = await command('apply', 'src/a.py', 'bin', '--yes', '--commit');
    expect({ code, errors }).toMatchObject({ code: 0, errors: expect.stringMatching(/^Committed as [0-9a-f]{7,}; no hook was run\.$/m) });
    expect(errors).toContain('merged with changes in the project since the run read it: src/a.py\n');
    expect(readFileSync(file, 'utf8')).toBe('a = 10\nb = 2\nc = 3\nd = 4\n');
    expect(git('log', '-1', '--format=%s')).toBe('It crashes.\n');
    expect(git('show', '--stat', '--format=', '--summary')).toMatch(
      / bin\/start\.sh .*\n src\/a\.py .*\n.*\n create mode 100755 bin\/start\.sh\n$/,
    );
    expect(git('status', '--porcelain', 'other.txt')).toBe('A  other.txt\n');
    expect(existsSync(join(directory, 'hook-was-here'))).toBe(false);

    const undone = await command('undo', '--applied');
    const [commit] = git('log', '-1', '--format=%h').split('\n');
    expect(undone).toMatchObject({ code: 0, output: expect.stringContaining(`The commit ${commit} stays`) });
    expect(undone.output.replaceAll(/\s+/g, ' ')).toContain(`git commit -m "Revert ${commit}" -- src/a.py bin/start.sh`);
    expect(readFileSync(file, 'utf8')).toBe('a = 1\nb = 2\nc = 3\nd = 4\n');
    expect(existsSync(join(directory, 'bin', 'start.sh'))).toBe(false);
  });

  it('shows and refuses a file whose same lines have changed, applies the others, and overwrites only when told to', async () => {
    const { command, file } = await repository();
    writeFileSync(file, 'a = 7\nb = 2\nc = 3\n');
    expect(await command('apply', '--yes', '--commit')).toMatchObject({ code: 2, errors: expect.stringContaining('all or nothing') });
    const refused = await command('apply', '--yes');
    expect(refused).toMatchObject({ code: 1, errors: expect.stringContaining('conflict, not applied: src/a.py:') });
    expect(refused.errors).toContain(
      '  src/a.py:1\n  <<<<<<< project\n  a = 7\n  ||||||| as the run read it\n  a = 1\n  =======\n  a = 10\n',
    );
    expect(refused.errors).toMatch(/^Wrote \d files\.$/m);
    expect(readFileSync(file, 'utf8')).toBe('a = 7\nb = 2\nc = 3\n');
    expect(await command('apply', '--yes', '--overwrite')).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toBe('a = 10\nb = 2\nc = 3\n');
    // What was applied is what the next change begins from.
    writeFileSync(file, 'a = 10\nb = 2\nc = 33\n');
    expect(await command('apply', '--check')).toMatchObject({ code: 0, output: '' });
  });
});

describe('multiagent run --check', () => {
  it('runs the command where the files are, shows it first, and tells that it passed', async () => {
    const { outcome, directory } = await project([...withoutSandbox, '--check', 'cat src/a.py && echo 12 passed in 0.1s']);
    expect(outcome.code).toBe(0);
    expect(outcome.errors).toContain(
      'When the files are written, this runs in their folder, as you and without a sandbox, for at most 300 s: cat src/a.py && echo 12 passed in 0.1s\n',
    );
    expect(outcome.output).toMatch(
      / {2}Checked with 'cat src\/a\.py && echo .*', without a sandbox: passed after \d+\.\d s; tests run: 12 passed\.\n/,
    );
    expect(outcome.output).not.toContain('Tests were written but not run.');
    const summary = /output\/workflow_summary_\S+\.md/.exec(outcome.output)?.[0] ?? '';
    const text = readFileSync(join(directory, summary), 'utf8');
    expect(text).toMatch(
      /^- Checked with 'cat src\/a\.py && echo .*', without a sandbox: passed .*; tests run: 12 passed\.\n\n {6}a = 2\n {6}12 passed in 0\.1s\n\n/m,
    );
  });

  it('tells that it failed with what it printed, ends with 1, and the run stays completed', async () => {
    const { outcome, command } = await project([...withoutSandbox, '--check', 'echo "2 failed"; exit 4']);
    expect(outcome.code).toBe(1);
    expect(outcome.output).toMatch(/Checked with .*: FAILED with exit code 4 after .*\n {4}2 failed\n/);
    expect(outcome.output).toMatch(/^Completed in /m);
    expect(JSON.parse((await command('show', 'latest', '--json')).output)).toMatchObject({
      status: 'completed',
      checks: [{ outcome: 'failed', exit_code: 4, output: '2 failed\n' }],
    });
  });

  it('is shown as stale by show, status and files once the files are others than those that it saw', async () => {
    const { outcome, command, latest } = await project([...withoutSandbox, '--check', 'true']);
    expect(outcome.code).toBe(0);
    const views = async () => Promise.all([command('show', 'latest'), command('status', 'latest'), command('files', 'latest')]);
    for (const { output } of await views()) expect(output).toMatch(/^Checked with 'true', without a sandbox: passed after \d+\.\d s\.$/m);
    writeFileSync(latest('src/a.py'), 'a = 3\n');
    for (const { output } of await views()) expect(output.replaceAll(/\s+/g, ' ')).toContain('Stale: src/a.py changed since');
    expect(JSON.parse((await command('show', 'latest', '--json')).output)).toMatchObject({
      checks: [{ stale: true, changed_since: ['src/a.py'] }],
    });
  });

  it('is an event like any other for programs', async () => {
    const { outcome } = await project([...withoutSandbox, '--json', '--check', 'true', '--check-timeout', '600']);
    const types = outcome.output
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types.slice(-3)).toEqual(['run.finished', 'check.started', 'check.finished']);
  });

  it('ends with 1 when its time is over', async () => {
    const { outcome } = await project([...withoutSandbox, '--quiet', '--check', 'sleep 1000', '--check-timeout', '0.2']);
    expect(outcome).toMatchObject({ code: 1, output: expect.stringContaining('FAILED, it was still running') });
  });

  it('goes with Ctrl-C, which ends with 130 and leaves the run completed', async () => {
    let sent = false;
    const { outcome, command } = await project([...withoutSandbox, '--check', 'sleep 1000'], (output, child) => {
      if (sent || !output.includes('Checking with')) return;
      sent = true;
      child.kill('SIGINT');
    });
    expect(outcome).toMatchObject({
      code: 130,
      output: expect.stringMatching(/Checked with 'sleep 1000', without a sandbox: stopped after/),
    });
    expect(JSON.parse((await command('show', 'latest', '--json')).output)).toMatchObject({
      status: 'completed',
      checks: [{ outcome: 'stopped' }],
    });
  });

  it.each([
    [['--check', ' '], '--check needs a command'],
    [['--check', 'true', '--check-timeout', 'soon'], '--check-timeout takes a number of seconds'],
    [['--check-timeout', '5'], 'without --check'],
    [['--check-network'], 'without --check'],
  ])('refuses %j before anything begins', async (args, message) => {
    const { outcome } = await project(args);
    expect(outcome).toMatchObject({ code: 2, errors: expect.stringContaining(message) });
  });
});

describe.skipIf(noSandbox !== undefined)(`multiagent run --check in the sandbox of this machine${skipNote}`, () => {
  it('works on a copy: what it changes and deletes there does not touch the files', async () => {
    const { outcome, command, latest } = await project([
      '--check',
      'cat src/a.py; pwd; rm src/a.py; echo x > test_a.py; echo y > new.txt; ls',
    ]);
    expect(outcome.code).toBe(0);
    expect(outcome.errors).toMatch(/this runs on a copy of them, in a sandbox \(bubblewrap \S+\) without network, for at most 300 s: cat/);
    expect(outcome.output).toMatch(/passed after \S+ s\. It changed 2 of the files in its copy; those of the run stand as they were\./);
    expect(readFileSync(latest('src/a.py'), 'utf8')).toBe('a = 2\n');
    expect(existsSync(latest('new.txt'))).toBe(false);
    const { checks, workflow_id: run } = JSON.parse((await command('show', 'latest', '--json')).output) as WorkflowResult;
    expect(checks).toMatchObject([{ outcome: 'passed', sandbox: 'bubblewrap', network: 'none', changed_files: 2, exceeded: null }]);
    expect(checks[0]?.output).toMatch(new RegExp(`^a = 2\n.*/output/generated/${run}\n`));
  });

  it('sees nothing of the project, of the home and of the variables but what it needs', async () => {
    const secrets = 'cat ../../../.env ../../../.multiagent/state.db ~/.npmrc; echo "[$MY_TOKEN]"; ls -A ../../..';
    const { outcome } = await project(['--check', `${secrets}; exit 3`, '--verbose'], undefined, {
      files: { '.env': 'A=the-secret', '.npmrc': 'the-secret', 'node_modules/package/index.js': '' },
      environment: { MY_TOKEN: 'the-secret' },
    });
    expect(outcome.output.split('FAILED with exit code 3').length).toBeGreaterThan(1);
    expect(outcome.output).not.toContain('the-secret');
    expect(outcome.output).toMatch(/\[\]\n *node_modules\n *output\n/);
    expect(outcome.output).toContain('--sandbox off runs it as you');
  });

  it('a check that needs the network is told how to get it', async () => {
    const resolve = `python3 -c "import socket; socket.getaddrinfo('example.invalid', 80)"`;
    const { outcome } = await project(['--check', resolve]);
    expect(outcome).toMatchObject({ code: 1, output: expect.stringContaining('--check-network gives it that of this machine.') });
  });
});
