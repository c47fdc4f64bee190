import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { WorkflowResult } from '../../src/orchestrator/results/run-result.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../support/run-command.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const replies = replyAsTeam();
const patch = `\`\`\`
*** Begin Patch
*** Delete File: lib/old.py
*** Update File: app.py
*** Move to: src/main.py
@@
-import lib.old
+print(1)
*** End Patch
\`\`\`
`;
const given = { 'lib/old.py': 'old = 1\n', 'app.py': 'import lib.old\n', 'other.py': 'x = 1\n' };

/** A project under Git whose run deletes one of its files and moves another. */
async function project() {
  const server = await startFakeLlamaServer({ reply: (request) => (request.taskType === 'bug_fix' ? patch : replies(request)) });
  onTestFinished(() => server.close());
  const directory = temporaryFolder();
  const write = (path: string, content: string) => {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), content);
  };
  for (const [path, content] of Object.entries(given)) write(path, content);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: directory, encoding: 'utf8' });
  git('init', '--quiet');
  git('config', 'user.name', 'Ann');
  git('config', 'user.email', 'ann@example.org');
  git('add', '.');
  git('commit', '--quiet', '--message=first');
  const command = (...args: string[]) => runCommand(args, { directory });
  const files = ['lib/old.py', 'app.py'].flatMap((path) => ['--file', path]);
  const start = ['run', 'bug-fix', '--requirement', 'It crashes.', '--base-url', server.address, '--max-parallel', '1', ...files];
  const outcome = await command(...start);
  const read = (path: string) => (existsSync(join(directory, path)) ? readFileSync(join(directory, path), 'utf8') : undefined);
  return { directory, command, outcome, read, write, git };
}

describe('a run that deletes and moves files', () => {
  it('says so in its outcome, its files, its differences and its result', async () => {
    const { command, outcome, read } = await project();
    for (const said of ['deleted lib/old.py', 'moved app.py to src/main.py']) {
      expect(outcome.output).toContain(said);
      expect((await command('files')).output).toContain(`bug_fix: ${said}`);
    }
    const shown = await command('diff', 'latest', 'bug_fix');
    expect(shown.output).toContain('--- a/lib/old.py\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-old = 1\n');
    expect(shown.output).toContain('+++ b/src/main.py\n@@ -0,0 +1,1 @@\n+print(1)\n');
    const result = JSON.parse((await command('show', '--json')).output) as WorkflowResult;
    expect(result.tasks['bug_fix']?.result?.files_removed).toEqual([
      { path: 'lib/old.py', moved_to: null },
      { path: 'app.py', moved_to: 'src/main.py' },
    ]);
    expect(result.tasks['bug_fix']?.result?.files_created.map(({ path }) => path)).toEqual(['src/main.py']);
    const summary = (await command('show')).output;
    expect(summary).not.toContain('changed nothing');
    // The project itself is as it was.
    for (const [path, content] of Object.entries(given)) expect(read(path)).toBe(content);
  });

  it('brings that into the project, commits it, and takes it back', async () => {
    const { command, read, git } = await project();
    const checked = await command('apply', '--check');
    expect(checked.errors).toMatch(/new, 0 changed, 2 deleted/);
    expect(read('lib/old.py')).toBe(given['lib/old.py']);
    const applied = await command('apply', '--yes', '--commit');
    expect(applied).toMatchObject({ code: 0 });
    expect(applied.errors).toMatch(/Wrote \d+ files?, deleted 2 files\./);
    expect([read('lib/old.py'), read('app.py'), read('src/main.py'), read('other.py')]).toEqual([
      undefined,
      undefined,
      'print(1)\n',
      'x = 1\n',
    ]);
    expect(git('show', '--name-status', '--no-renames', '--format=', 'HEAD')).toMatch(/^D\tapp\.py\nD\tlib\/old\.py$/m);
    expect(git('status', '--porcelain', '--untracked-files=no')).toBe('');
    expect(await command('undo', '--applied')).toMatchObject({ code: 0 });
    for (const [path, content] of Object.entries(given)) expect(read(path)).toBe(content);
    expect(read('src/main.py')).toBeUndefined();
  });

  it('never deletes what has changed since the run read it, unless it is told to', async () => {
    const { command, read, write } = await project();
    write('lib/old.py', 'mine = 2\n');
    const refused = await command('apply', '--yes');
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain('conflict, not applied: lib/old.py: the run deletes it, and it has changed since the run read it');
    expect([read('lib/old.py'), read('app.py')]).toEqual(['mine = 2\n', undefined]);
    expect(await command('apply', '--yes', '--overwrite', 'lib/old.py')).toMatchObject({ code: 0 });
    expect(read('lib/old.py')).toBeUndefined();
  });

  it('takes what it deleted along where it is exported', async () => {
    const { command, directory } = await project();
    expect(await command('export', 'latest', '--output', 'run.json')).toMatchObject({ code: 0 });
    const { contents } = JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')) as { contents: Record<string, string> };
    expect(Object.values(contents).map((content) => Buffer.from(content, 'base64').toString())).toContain(given['lib/old.py']);
  });

  it('is taken back: the files of the user count again, and nothing is deleted any more', async () => {
    const { command } = await project();
    const undone = await command('undo', 'latest', 'bug_fix', '--trust');
    expect(undone.output).toContain('kept      lib/old.py, which no step deletes any more');
    expect(undone.output).toContain('removed   src/main.py');
    expect((await command('apply', '--check')).errors).not.toContain('deleted');
    expect((await command('files')).output).toContain('bug_fix: deleted lib/old.py, undone');
  });
});
