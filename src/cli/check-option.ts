import process from 'node:process';
import { environmentWithoutSecrets } from '../utils/environment-without-secrets.ts';
import { checkRun } from '../operations/check-run.ts';
import type { AgentOrchestrator } from '../orchestrator/agent-orchestrator.ts';
import type { WorkflowResult } from '../orchestrator/results/run-result.ts';
import { printableLine } from '../utils/printable.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import type { RunOptions } from './run-options.ts';
import { usageError } from './usage-error.ts';
import { longestSeconds } from '../config/setting-types.ts';
import { secretsOf } from '../config/redact-settings.ts';
import type { Settings } from '../config/settings-schema.ts';
import { sandboxForOwnCommand } from '../sandbox/choose-sandbox.ts';

export interface CheckOption {
  command: string;
  timeoutMilliseconds: number;
  network: 'none' | 'machine';
}

const defaultSeconds = 300;

/** Reads `--check` and its companions; undefined without `--check`. @throws MultiagentError `usage`. */
export function checkOption({ check, checkTimeout, checkNetwork = false }: RunOptions): CheckOption | undefined {
  if (check === undefined) {
    if (checkTimeout !== undefined)
      throw usageError('--check-timeout is given without --check.', 'Name the command with --check "<command>".');
    if (checkNetwork) throw usageError('--check-network is given without --check.', 'Name the command with --check "<command>".');
    return undefined;
  }
  if (check.trim() === '') throw usageError('--check needs a command.', 'For example: --check "npm test".');
  const seconds = checkTimeout === undefined ? defaultSeconds : Number(checkTimeout);
  if (!(seconds > 0 && seconds <= longestSeconds)) {
    throw usageError(
      `--check-timeout takes a number of seconds above 0, at most ${longestSeconds}; it was given "${checkTimeout}".`,
      `Leave it out for ${defaultSeconds} seconds.`,
    );
  }
  return { command: check, timeoutMilliseconds: Math.ceil(seconds * 1000), network: checkNetwork ? 'machine' : 'none' };
}

/** Printed before anything starts: what will be run on this machine, where, and why not in a sandbox. */
export async function announcement({ command, timeoutMilliseconds, network }: CheckOption, settings: Settings): Promise<string> {
  const { sandbox, probe } = await sandboxForOwnCommand(settings.sandbox);
  const where =
    sandbox.kind === 'off' || probe.state === 'missing'
      ? 'in their folder, as you and without a sandbox'
      : `on a copy of them, in a sandbox (${probe.name}) ${network === 'none' ? 'without' : 'with'} network`;
  const time = `${timeoutMilliseconds / 1000} s`;
  const why = probe.state === 'missing' ? [`This machine has no sandbox: ${probe.why}.`, ...probe.hint.split('\n')] : [];
  const lines = [...why, `When the files are written, this runs ${where}, for at most ${time}: ${command}`];
  return `${lines.map(printableLine).join('\n')}\n`;
}

export interface RunCheckOptions {
  check: CheckOption;
  result: WorkflowResult;
  orchestrator: AgentOrchestrator;
  signal: AbortSignal;
}

/** The result of a run together with its check. A run that is not completed is not checked. */
export async function withCheck({ check, result, orchestrator, signal }: RunCheckOptions): Promise<WorkflowResult> {
  if (result.status !== 'completed') return result;
  const secrets = secretsOf(orchestrator.settings);
  const environment = environmentWithoutSecrets(process.env, { secrets });
  return checkRun(orchestrator, result.workflow_id, { ...check, environment, secrets, signal });
}

/** A failed check does not change the status of the run, but it changes the exit code of the command. */
export function exitCodeWithCheck(code: ExitCode, { checks }: Pick<WorkflowResult, 'checks'>): ExitCode {
  const last = checks.findLast(({ step }) => step === null);
  if (code !== exitCode.completed || last === undefined || last.outcome === 'passed') return code;
  return last.outcome === 'stopped' ? exitCode.interrupted : exitCode.failed;
}
