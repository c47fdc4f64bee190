import { runCheck } from '../orchestrator/checks/run-check.ts';
import { redactOutput } from '../orchestrator/checks/redact-output.ts';
import { ProjectFiles } from '../orchestrator/checks/project-files.ts';
import { seenFiles } from '../orchestrator/checks/seen-files.ts';
import type { WorkflowResult } from '../orchestrator/results/run-result.ts';
import { writeResults } from '../orchestrator/results/write-results.ts';
import { foldersOfRun } from '../orchestrator/run/folders-of-run.ts';
import { withOwnedRun } from '../orchestrator/journal/own-run.ts';
import { requireSandbox, sandboxForOwnCommand } from '../sandbox/choose-sandbox.ts';
import type { SandboxCommand } from '../sandbox/sandbox.ts';
import { redactSecrets } from '../utils/redact-secrets.ts';
import type { Workspace } from './workspace.ts';

/** The command that is run on the files of a run, and within which limits. */
export interface CheckRunOptions {
  /** The user's own command. The user has seen it before it runs. */
  command: string;
  timeoutMilliseconds: number;
  /** Default: `none`. Without a sandbox the command has the machine's network anyway. */
  network?: SandboxCommand['network'] | undefined;
  /** All variables that the command gets. */
  environment: Record<string, string>;
  /** Exact values that must not be recorded if the command prints them. */
  secrets?: readonly string[] | undefined;
  /** Aborting stops the command. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs the user's own command on the files of a run that nobody works on, and records the outcome. The run's own status does not change. The command runs in a
 * sandbox on a copy of the files. With the setting `sandbox: off`, or on a machine without a sandbox, it runs on the files themselves as the user of this process.
 * The result says which.
 * @throws LeaseHeldError while somebody works on the run; MultiagentError `run.not_found`, `run.elsewhere`, `sandbox.missing`.
 * @example
 * const { PATH = '' } = process.env;
 * const { checks } = await checkRun(orchestrator, run, { command: 'test -d src', timeoutMilliseconds: 60_000, environment: { PATH } });
 * console.log(checks.at(-1)?.exit_code); // 0
 */
export async function checkRun(workspace: Workspace, run: string, options: CheckRunOptions): Promise<WorkflowResult> {
  const { command, timeoutMilliseconds, network = 'none', environment, secrets, signal = new AbortController().signal } = options;
  const { sandbox } = await sandboxForOwnCommand(workspace.settings?.sandbox ?? 'auto');
  await requireSandbox(sandbox);
  return withOwnedRun(workspace, run, async ({ state, journal }) => {
    const folders = await foldersOfRun(state, workspace);
    const shown = String(redactSecrets(command, { secrets }));
    await journal.append('person', [{ type: 'check.started', data: { command: shown, timeoutMilliseconds } }]);
    // Hashed before the command runs, because it may change the files.
    const contentOf = (sha256: string) => workspace.store.getContent(sha256);
    const project = new ProjectFiles({ workspace: workspace.workspace, contentOf, environment });
    const below = await project.below(journal.state);
    const files = await seenFiles(journal.state, folders.generated);
    const written = new Set(journal.state.artifacts.filter(({ undone }) => undone === undefined).map(({ path }) => path));
    const place = { sandbox, folder: folders.generated, workspace: workspace.workspace, written, below };
    const checked = await runCheck({ ...place, command, environment, network, timeoutMilliseconds, signal });
    const data = { command: shown, ...checked, output: redactOutput(checked.output, { secrets }), files };
    await journal.append('person', [{ type: 'check.finished', data }]);
    return writeResults(journal.state, folders);
  });
}
