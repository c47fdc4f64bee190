import type { RunOptions } from '../run-options.ts';
import { shellWord } from '../own-command.ts';
import { withoutCredentials } from '../../llm/server/require-local-address.ts';

/** The arguments that repeat this run without questions, quoted for a POSIX shell. User names and passwords in addresses are left out. */
export function runCommandLine(workflow: string, options: RunOptions): string {
  const { file = [], files = [], input = [], baseUrl, worktree } = options;
  const values: [string, string | undefined][] = [
    ['--workflow', options.workflow],
    ...input.map((value): [string, string] => ['--input', value]),
    ['--req', options.req],
    ['--requirement', options.requirement],
    ...file.map((path): [string, string] => ['--file', path]),
    ...files.map((glob): [string, string] => ['--files', glob]),
    ['--config', options.config],
    ['--workspace', options.workspace],
    ['--output', options.output],
    ['--base-url', baseUrl === undefined ? undefined : shownServers(baseUrl)],
    ['--model', options.model],
    ['--engine', options.engine],
    ['--model-file', options.modelFile],
    ['--max-parallel', options.maxParallel],
    ['--budget', options.budget],
    ['--verify', options.verify],
    ['--verify-command', options.verifyCommand],
    ['--worktree', worktree === true ? undefined : worktree],
  ];
  return [
    'run',
    ...(options.workflow === undefined ? [shellWord(workflow.replaceAll('_', '-'))] : []),
    // A value that begins with a dash would be parsed as an option.
    ...values.flatMap(([name, value]) => (value === undefined ? [] : [`${name}${/^-./u.test(value) ? '=' : ' '}${shellWord(value)}`])),
    ...(worktree === true ? ['--worktree'] : []),
    ...(options.project === false ? ['--no-project'] : []),
    ...(options.private ? ['--private'] : []),
    ...(options.allowInstall ? ['--allow-install'] : []),
    ...(options.allowRemote ?? []).map((host) => (host === true ? '--allow-remote' : `--allow-remote ${shellWord(host)}`)),
    ...(options.quiet ? ['--quiet'] : []),
    ...(options.verbose ? ['--verbose'] : []),
  ].join(' ');
}

/** The addresses of `--base-url`, separated by commas, without user names and passwords. */
export function shownServers(baseUrl: string): string {
  return baseUrl
    .split(',')
    .map((address) => withoutCredentials(address.trim()))
    .join(',');
}
