import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { text } from 'node:stream/consumers';
import { environmentWithoutSecrets } from '../../utils/environment-without-secrets.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';

export interface GitOutcome {
  code: number;
  output: string;
  errors: string;
}

/**
 * No hook runs, because a hook may run what a model wrote, and no file-system monitor is started.
 */
const always = ['-c', `core.hooksPath=${devNull}`, '-c', 'core.fsmonitor=false'];

export type GitEnvironment = Readonly<Record<string, string | undefined>>;

/** Runs Git in a folder, with these variables except the secrets among them; Git never asks for input. @throws MultiagentError `git.missing` where Git cannot be started. */
export async function git(
  { folder, environment }: { folder: string; environment: GitEnvironment },
  args: readonly string[],
  input = '',
): Promise<GitOutcome> {
  const child = spawn('git', [...always, ...args], {
    cwd: folder,
    env: { ...environmentWithoutSecrets(environment), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_EDITOR: 'true' },
    stdio: 'pipe',
  });
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', (cause) =>
      reject(
        new MultiagentError({
          category: 'usage',
          code: 'git.missing',
          message: `Git cannot be started: ${cause.message}.`,
          hint: 'Install Git, or leave out --commit.',
          cause,
        }),
      ),
    );
    child.on('close', (code) => resolve(code ?? 1));
  });
  const [code, output, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, output, errors };
}
