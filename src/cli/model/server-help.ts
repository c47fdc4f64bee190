import { execFile } from 'node:child_process';
import process from 'node:process';
import { environmentWithoutSecrets } from '../../utils/environment-without-secrets.ts';

export interface ServerHelp {
  /** What a llama-server says that it can do; empty where there is none. Nothing is recommended that its release does not have. */
  help: string;
  /** The signal that ended it while it was asked. */
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
        // One that was ended for its slowness has not died.
        resolve(
          error === null ? { help: `${stdout}\n${stderr}` } : { help: '', diedBy: error.killed ? undefined : (error.signal ?? undefined) },
        ),
    );
  });
}
