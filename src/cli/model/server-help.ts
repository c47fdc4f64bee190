import { execFile } from 'node:child_process';
import process from 'node:process';

/** What a llama-server says that it can do; empty where there is none. Nothing is recommended that its release does not have. */
export function serverHelp(program: string | undefined): Promise<string> {
  if (program === undefined) return Promise.resolve('');
  return new Promise((resolve) => {
    execFile(program, ['--help'], { timeout: 10_000, maxBuffer: 10_000_000, env: process.env }, (error, stdout, stderr) =>
      resolve(error === null ? `${stdout}\n${stderr}` : ''),
    );
  });
}
