import type { EventStore } from '../state/store/event-store.ts';
import { foldRun } from '../state/run/run-state.ts';
import type { Clock } from '../utils/clock.ts';
import { redactSecrets } from '../utils/redact-secrets.ts';
import { holdLease } from './journal/hold-lease.ts';
import type { RunFolders } from './journal/run-folders.ts';
import { type EventListener, RunJournal } from './journal/run-journal.ts';
import type { WorkflowResult } from './results/run-result.ts';
import type { Sandbox, SandboxCommand } from '../sandbox/sandbox.ts';
import { requireSandbox } from '../sandbox/choose-sandbox.ts';
import { redactOutput } from './checks/redact-output.ts';
import { runCheck } from './checks/run-check.ts';
import { seenFiles } from './checks/seen-files.ts';
import { writeResults } from './results/write-results.ts';

export interface CheckRunOptions {
  store: EventStore;
  run: string;
  folders: RunFolders;
  /** The user's own. It was shown before. */
  command: string;
  timeoutMilliseconds: number;
  sandbox: Sandbox;
  /** Absolute: the project. */
  workspace: string;
  /** Absent: `none`. Without a sandbox it has that of the machine anyway. */
  network?: SandboxCommand['network'] | undefined;
  /** All variables that the command is given. */
  environment: Record<string, string>;
  /** Exact values that must not be kept, should the command print them. */
  secrets?: readonly string[] | undefined;
  clock: Clock;
  signal: AbortSignal;
  onEvent?: EventListener | undefined;
}

/**
 * Runs a command of the user's own on the files of an ended run, and records what came of it. How the run ended stays as it is.
 * @throws LeaseHeldError while somebody works on the run; MultiagentError `sandbox.missing`.
 */
export async function checkRun(options: CheckRunOptions): Promise<WorkflowResult> {
  const {
    store,
    run,
    folders,
    command,
    timeoutMilliseconds,
    sandbox,
    workspace,
    network = 'none',
    environment,
    secrets,
    clock,
    signal,
    onEvent,
  } = options;
  await requireSandbox(sandbox);
  const stream = `run:${run}`;
  const lease = await holdLease(store, stream);
  try {
    const journal = new RunJournal({ store, run, clock, onEvent, state: await foldRun(store.read(stream)), lease: () => lease.current });
    const shown = String(redactSecrets(command, { secrets }));
    await journal.append('person', [{ type: 'check.started', data: { command: shown, timeoutMilliseconds } }]);
    // Before it runs: a command may change what it was given.
    const files = await seenFiles(journal.state, folders.generated);
    const written = new Set(journal.state.artifacts.filter(({ undone }) => undone === undefined).map(({ path }) => path));
    const place = { sandbox, folder: folders.generated, workspace, written };
    const checked = await runCheck({ ...place, command, environment, network, timeoutMilliseconds, signal });
    const data = { command: shown, ...checked, output: redactOutput(checked.output, { secrets }), files };
    await journal.append('person', [{ type: 'check.finished', data }]);
    return await writeResults(journal.state, folders);
  } finally {
    await lease.release();
  }
}
