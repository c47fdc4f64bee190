import { spawn } from 'node:child_process';
import process from 'node:process';

export interface BoundedCommand {
  command: string;
  arguments: readonly string[];
  folder: string;
  environment: Readonly<Record<string, string>>;
  /** After which it is killed with everything that it started. */
  seconds: number;
}

export interface BoundedOutcome {
  code: number | null;
  output: string;
  errors: string;
  ended: 'by itself' | 'out of time' | 'not started';
}

const mostCharacters = 1024 * 1024;

/** Runs a program in a process group of its own, to its end or to that of its time. */
export function runBounded({ command, arguments: args, folder, environment, seconds }: BoundedCommand): Promise<BoundedOutcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: folder, env: environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, errors] = ['', ''];
    let ended: BoundedOutcome['ended'] = 'by itself';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(0, mostCharacters)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(0, mostCharacters)));
    const timer = setTimeout(() => {
      ended = 'out of time';
      killGroup(child.pid);
    }, seconds * 1000);
    // What it left running in its group goes with it, also what would keep the pipes open.
    child.on('exit', () => killGroup(child.pid));
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: null, output, errors: error.message, ended: 'not started' });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, output, errors, ended });
    });
  });
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}
