import { runCheck } from '../orchestrator/checks/run-check.ts';
import { redactOutput } from '../orchestrator/checks/redact-output.ts';
import { seenFiles } from '../orchestrator/checks/seen-files.ts';
import type { WorkflowResult } from '../orchestrator/results/run-result.ts';
import { writeResults } from '../orchestrator/results/write-results.ts';
import { foldersOfRun } from '../orchestrator/run/folders-of-run.ts';
import { withOwnedRun } from '../orchestrator/journal/own-run.ts';
import { requireSandbox, sandboxForOwnCommand } from '../sandbox/choose-sandbox.ts';
import type { SandboxCommand } from '../sandbox/sandbox.ts';
import { redactSecrets } from '../utils/redact-secrets.ts';
import type { Workspace } from './workspace.ts';

export interface CheckRunOptions {
  /** The user's own. It was shown before. */
  command: string;
  timeoutMilliseconds: number;
  /** Absent: `none`. Without a sandbox it has that of the machine anyway. */
  network?: SandboxCommand['network'] | undefined;
  /** All variables that the command is given. */
  environment: Record<string, string>;
  /** Exact values that must not be kept, should the command print them. */
  secrets?: readonly string[] | undefined;
  /** Aborting stops the command. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs a command of the user's own on the files of a run that nobody works on, and records what came of it; how the run ended stays as it is. The command runs
 * in a sandbox on a copy of the files, or, with the setting `sandbox: off` and on a machine that has none, as the user that this process is and on the files
 * themselves; the result tells which.
 * @throws LeaseHeldError while somebody works on the run; MultiagentError `run.not_found`, `run.elsewhere`, `sandbox.missing`.
 */
export async function checkRun(workspace: Workspace, run: string, options: CheckRunOptions): Promise<WorkflowResult> {
  const { command, timeoutMilliseconds, network = 'none', environment, secrets, signal = new AbortController().signal } = options;
  const { sandbox } = await sandboxForOwnCommand(workspace.settings?.sandbox ?? 'auto');
  await requireSandbox(sandbox);
  return withOwnedRun(workspace, run, async ({ state, journal }) => {
    const folders = await foldersOfRun(state, workspace);
    const shown = String(redactSecrets(command, { secrets }));
    await journal.append('person', [{ type: 'check.started', data: { command: shown, timeoutMilliseconds } }]);
    // Before it runs: a command may change what it was given.
    const files = await seenFiles(journal.state, folders.generated);
    const written = new Set(journal.state.artifacts.filter(({ undone }) => undone === undefined).map(({ path }) => path));
    const place = { sandbox, folder: folders.generated, workspace: workspace.workspace, written };
    const checked = await runCheck({ ...place, command, environment, network, timeoutMilliseconds, signal });
    const data = { command: shown, ...checked, output: redactOutput(checked.output, { secrets }), files };
    await journal.append('person', [{ type: 'check.finished', data }]);
    return writeResults(journal.state, folders);
  });
}
