import { execFile } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { env, execPath } from 'node:process';
import { patience } from '../support/patience.ts';

export interface CommandOutcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** What `npm test` tells its children about this repository; an npm that works in another folder must not believe it. */
const ofThisRepository = /^(npm_(package|lifecycle|command|config_local_prefix)|INIT_CWD$|NODE_ENV$|NODE_OPTIONS$|VITEST)/;

/** The settings of whoever runs the tests must not decide what the package does. */
const settings = /^(OPENAI_|MULTIAGENT_|LLM_|LLAMA_|AGENT_CONFIG_PATH$|WORKSPACE$|LOG_|MAX_CONCURRENT_AGENTS$|TASK_)/;

const environment = {
  ...Object.fromEntries(Object.entries(env).filter(([name]) => !ofThisRepository.test(name) && !settings.test(name))),
  // `npx` and the command's first line look for a program called node: it has to be the one that runs the tests.
  PATH: [dirname(execPath), env['PATH']].join(delimiter),
};

/** Runs a command to its end, whatever its exit code. It is ended when no machine would still be at it. */
export function runCommand(
  command: string,
  commandArguments: readonly string[],
  cwd: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<CommandOutcome> {
  return new Promise((resolve, reject) => {
    // An engine that somebody has installed for the machine must not be found.
    const surroundings = { ...environment, XDG_CACHE_HOME: join(cwd, '.cache'), ...variables };
    const options = { cwd, env: surroundings, timeout: patience, maxBuffer: 64 * 1024 * 1024 };
    execFile(command, commandArguments, options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

/** The same, for commands that have to succeed. @throws Error with everything that was said. */
export async function mustRun(command: string, commandArguments: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await runCommand(command, commandArguments, cwd);
  if (code !== 0) throw new Error(`${command} ${commandArguments.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}
