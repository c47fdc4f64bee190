import { spawn } from 'node:child_process';
import process from 'node:process';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { startedByNpm } from '../own-command.ts';

export interface RunNpmOptions {
  folder: string;
  signal: AbortSignal;
}

/**
 * Runs npm in a folder; its output goes to standard error. No script of a package is run.
 * @throws MultiagentError `engine.not_installed`, or the signal's reason.
 */
export async function runNpm(words: readonly string[], { folder, signal }: RunNpmOptions): Promise<void> {
  const args = [...words, '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const child = spawn('npm', args, { cwd: folder, env: environmentForNpm(process.env), signal, stdio: ['ignore', 2, 2] });
  const outcome = await new Promise<number | NodeJS.Signals | Error>((resolve) => {
    child.once('error', resolve);
    child.once('close', (code, by) => resolve(code ?? by ?? 1));
  });
  signal.throwIfAborted();
  if (outcome === 0) return;
  const isMissing = outcome instanceof Error && 'code' in outcome && outcome.code === 'ENOENT';
  throw new MultiagentError({
    code: 'engine.not_installed',
    message: isMissing
      ? 'npm was not found; it is needed to download the embedded engine.'
      : 'npm could not install the embedded engine; see the reason above.',
    hint: isMissing
      ? 'Install npm, or use a llama-server: multiagent model start.'
      : 'Fix that and run the same command again: multiagent engine install.',
    ...(outcome instanceof Error ? { cause: outcome } : {}),
  });
}

/** Variables that another npm set for this process are left out, because they describe the person's current folder and its settings. */
export function environmentForNpm(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!startedByNpm(environment)) return environment;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(npm_|init_cwd$)/i.test(name)));
}
