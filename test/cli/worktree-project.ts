import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../support/run-command.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const replies = replyAsTeam();
const fixed = '```python:app/store.py\ndef total():\n    return 1\n```\n\n```python:app/new.py\nnew = 1\n```\n';

/** A repository whose project stands in a folder of it, with something that is not committed. */
export async function worktreeProject({ workspace = 'app', fix = fixed }: { workspace?: string; fix?: string } = {}) {
  let seen = '';
  const server = await startFakeLlamaServer({
    reply: (request) => {
      seen += JSON.stringify(request);
      return request.taskType === 'bug_fix' ? fix.replaceAll('app/', workspace === '.' ? 'app/' : '') : replies(request);
    },
  });
  onTestFinished(() => server.close());
  const repository = temporaryFolder();
  const directory = join(repository, workspace);
  const write = (path: string, content: string) => {
    mkdirSync(join(repository, path, '..'), { recursive: true });
    writeFileSync(join(repository, path), content);
  };
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, encoding: 'utf8', stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Ann');
  git('config', 'user.email', 'ann@example.org');
  write('app/store.py', 'def total():\n    return 0\n');
  git('add', '.');
  git('commit', '--quiet', '--message=first');
  write('app/store.py', 'def total():\n    return "mine"\n');
  const commandWith = (environment: Record<string, string>, ...args: string[]) => runCommand(args, { directory, environment });
  const command = (...args: string[]) => commandWith({}, ...args);
  const startWith = (environment: Record<string, string>, ...args: string[]) =>
    commandWith(
      environment,
      'run',
      'bug-fix',
      '--requirement',
      'Totals are wrong.\nAll of them.',
      '--base-url',
      server.address,
      '--max-parallel',
      '1',
      ...args,
    );
  const start = (...args: string[]) => startWith({}, ...args);
  const read = (path: string) => readFileSync(join(repository, path), 'utf8');
  return { repository, directory, write, git, command, commandWith, start, startWith, read, seen: () => seen };
}
