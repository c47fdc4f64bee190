import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { commandFile } from './command-file.ts';

/** Holds a link to it, as after an installation for the whole machine: in these tests the command is `multiagent`. */
export const commandFolder = join(import.meta.dirname, 'bin');

export interface CommandOptions {
  directory: string;
  input?: string;
  environment?: Record<string, string>;
  /** Called with all standard output so far, whenever there is more. */
  onOutput?: (output: string, child: { kill: (signal: NodeJS.Signals) => void }) => void;
}

export interface CommandOutcome {
  code: number | null;
  output: string;
  errors: string;
}

/** What a stand-in wrote is run only where a test is about that. `config` shows where each setting comes from. */
export function ownVariables(args: readonly string[]): Record<string, string> {
  return args[0] === 'config' ? {} : { MULTIAGENT_VERIFY: 'off' };
}

/** Runs `multiagent` as a process of its own, with no setting of this machine. */
export function runCommand(args: string[], { directory, input = '', environment = {}, onOutput }: CommandOptions): Promise<CommandOutcome> {
  const { PATH, TMPDIR } = process.env;
  const child = spawn(process.execPath, [commandFile, ...args], {
    cwd: directory,
    env: {
      PATH: [commandFolder, PATH].join(delimiter),
      HOME: directory,
      ...(TMPDIR === undefined ? {} : { TMPDIR }),
      ...ownVariables(args),
      ...environment,
    },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    onOutput?.(output, { kill: (signal) => void child.kill(signal) });
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output, errors }));
  });
}
