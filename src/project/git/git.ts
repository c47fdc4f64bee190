import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { text } from 'node:stream/consumers';
import { environmentWithoutSecrets } from '../../utils/environment-without-secrets.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { GitPlace } from './git-place.ts';

export interface GitOutcome {
  code: number;
  output: string;
  errors: string;
}

/**
 * No hook runs, because a hook may run what a model wrote, and no file-system monitor is started. Git does not tidy up by the way, either: it may then start what a
 * repository names.
 */
const always = [`core.hooksPath=${devNull}`, 'core.fsmonitor=false', 'gc.auto=0', 'maintenance.auto=false'].flatMap((setting) => [
  '-c',
  setting,
]);

/** Variables that lead Git to another repository than the folder's own. A hook that starts this program sets some of them. */
const elsewhere = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
]);

/**
 * Starts Git in a folder, for its own repository. Git never asks for input, and fetches nothing that a repository lacks: to fetch, it would start what the
 * repository names.
 */
export function startGit(
  { folder, environment, signal, mostMilliseconds }: GitPlace,
  args: readonly string[],
): ChildProcessWithoutNullStreams {
  const own = Object.fromEntries(Object.entries(environmentWithoutSecrets(environment)).filter(([name]) => !elsewhere.has(name)));
  return spawn('git', [...always, ...args], {
    cwd: folder,
    env: { ...own, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_EDITOR: 'true', GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' },
    stdio: 'pipe',
    signal,
    timeout: mostMilliseconds,
  });
}

/** Runs Git in a folder. @throws MultiagentError `git.missing` where Git cannot be started. */
export async function git(place: GitPlace, args: readonly string[], input = ''): Promise<GitOutcome> {
  const child = startGit(place, args);
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', (cause) =>
      reject(
        new MultiagentError({
          category: 'usage',
          code: 'git.missing',
          message: `Git cannot be started: ${cause.message}.`,
          hint: 'Install Git, or leave out --commit or --worktree.',
          cause,
        }),
      ),
    );
    child.on('close', (code) => resolve(code ?? 1));
  });
  const [code, output, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, output, errors };
}
