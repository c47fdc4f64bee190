import { execFile } from 'node:child_process';
import process from 'node:process';
import { environmentWithoutSecrets } from '../../utils/environment-without-secrets.ts';

export interface ServerHelp {
  /** The help text of a llama-server; empty if there is none. Only flags that its release supports are recommended. */
  help: string;
  /** The signal that ended it meanwhile. */
  diedBy?: NodeJS.Signals | undefined;
}

export function serverHelp(program: string | undefined): Promise<ServerHelp> {
  if (program === undefined) return Promise.resolve({ help: '' });
  return new Promise((resolve) => {
    execFile(
      program,
      ['--help'],
      { timeout: 10_000, maxBuffer: 10_000_000, env: environmentWithoutSecrets(process.env) },
      (error, stdout, stderr) =>
        // A program that we killed because it was too slow has not died by itself.
        resolve(
          error === null ? { help: `${stdout}\n${stderr}` } : { help: '', diedBy: error.killed ? undefined : (error.signal ?? undefined) },
        ),
    );
  });
}
