import type { RunOptions } from '../run-options.ts';
import { shellWord } from '../own-command.ts';
import { withoutCredentials } from '../../llm/server/require-local-address.ts';

/** The arguments that repeat this run without questions, quoted for a POSIX shell. User names and passwords in addresses are left out. */
export function runCommandLine(workflow: string, options: RunOptions): string {
  const { req, requirement, file, files, config, workspace, output, baseUrl, model, engine, modelFile, maxParallel, budget } = options;
  const values: [string, string | undefined][] = [
    ['--req', req],
    ['--requirement', requirement],
    ...(file ?? []).map((path): [string, string] => ['--file', path]),
    ...(files ?? []).map((glob): [string, string] => ['--files', glob]),
    ['--config', config],
    ['--workspace', workspace],
    ['--output', output],
    ['--base-url', baseUrl === undefined ? undefined : shownServers(baseUrl)],
    ['--model', model],
    ['--engine', engine],
    ['--model-file', modelFile],
    ['--max-parallel', maxParallel],
    ['--budget', budget],
  ];
  return [
    'run',
    shellWord(workflow.replaceAll('_', '-')),
    // A value that begins with a dash would be parsed as an option.
    ...values.flatMap(([name, value]) => (value === undefined ? [] : [`${name}${/^-./u.test(value) ? '=' : ' '}${shellWord(value)}`])),
    ...(options.project === false ? ['--no-project'] : []),
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
