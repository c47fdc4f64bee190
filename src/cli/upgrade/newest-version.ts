import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import process from 'node:process';
import { isVersion } from '../../utils/compare-versions.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { parseJson } from '../../utils/parse-json.ts';
import { printableLine, shorten } from '../../utils/printable.ts';
import { redactSecrets } from '../../utils/redact-secrets.ts';
import { environmentForNpm } from '../engine/run-npm.ts';

/** What this program is called in the registry. */
export const packageName = '@multiagent-team/multiagent';

const seconds = 20;
/** A version is short; no answer is longer. */
const mostBytes = 64 * 1024;

/**
 * Asks the registry for the newest version, through npm with the settings of the person: their registry, their proxy, their certificates. The settings of a project
 * have no say: npm is started in the home folder.
 * @throws MultiagentError `upgrade.no_npm`, `upgrade.not_published`, `upgrade.no_answer`, `upgrade.not_understood`.
 */
export async function newestVersion(): Promise<string> {
  const { output, error } = await askNpm();
  const json = parseJson(output);
  if (typeof json === 'string' && isVersion(json)) return json;
  const told = (json as { error?: { code?: unknown; summary?: unknown } } | null | undefined)?.error;
  if (error !== null && 'code' in error && error.code === 'ENOENT')
    throw new MultiagentError({
      code: 'upgrade.no_npm',
      message: 'npm was not found, and it is what asks the registry.',
      hint: `Install npm, or look at the page of ${packageName} on your registry.`,
      cause: error,
    });
  if (told?.code === 'E404')
    throw new MultiagentError({
      code: 'upgrade.not_published',
      message: `The registry in your npm settings has no package ${packageName}.`,
      hint: 'Look for a newer version where you have this one from. "npm config get registry" names the registry.',
    });
  if (error !== null) {
    const why = error.killed === true ? `nothing came within ${seconds} seconds` : reasonOf(told?.summary ?? told?.code ?? error.message);
    throw new MultiagentError({
      code: 'upgrade.no_answer',
      message: `The registry could not be asked: ${why}.`,
      hint: 'Check the connection, and "npm config get registry" and "npm config get proxy"; then run the command again.',
      cause: error,
    });
  }
  throw new MultiagentError({
    code: 'upgrade.not_understood',
    message: 'The registry answered with something else than a version.',
    hint: `See what it says: npm view ${packageName} version`,
  });
}

interface Answer {
  output: string;
  error: (Error & { killed?: boolean | undefined; code?: unknown }) | null;
}

function askNpm(): Promise<Answer> {
  const args = ['view', packageName, 'version', '--json', '--no-update-notifier', '--loglevel=silent', '--fetch-retries=0'];
  const options = {
    cwd: homedir(),
    env: environmentForNpm(process.env),
    timeout: seconds * 1000,
    killSignal: 'SIGKILL' as const,
    maxBuffer: mostBytes,
    encoding: 'utf8' as const,
  };
  return new Promise((resolve) => {
    execFile('npm', args, options, (error, output) => resolve({ output, error: error as Answer['error'] })).stdin?.end();
  });
}

/** Words of npm as the end of a sentence: of several lines the first, without what may be a secret. */
function reasonOf(words: unknown): string {
  const [line = ''] = String(words).trim().split('\n', 1);
  return shorten(printableLine(String(redactSecrets(line))).replace(/\.$/, ''), 200) || 'npm does not say why';
}
