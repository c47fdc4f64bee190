import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { foldRun, type RunState } from '../../src/state/run/run-state.ts';
import { SqliteEventStore } from '../../src/state/store/sqlite-event-store.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { type CommandOutcome, runCommand } from '../support/run-command.ts';
import { crashReply } from './crash-replies.ts';
import { filesIn } from './expect-same-run.ts';
import type { WriterFault } from './failing-writer.ts';

const failingWriter = join(import.meta.dirname, 'failing-writer.ts');

/** A project and a fake server for the command, on a system that may fail. Ends with the test. */
export async function faultyProject({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
  const directory = mkdtempSync(join(tmpdir(), 'multiagent-test-'));
  const server = await startFakeLlamaServer({ reply: crashReply });
  onTestFinished(async () => {
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const journal = join(directory, '.multiagent', 'state.db');
  /** The only run there is. */
  const state = async (): Promise<RunState> => {
    const store = SqliteEventStore.open({ path: journal });
    try {
      const [only] = await store.list({ prefix: 'run:' });
      return await foldRun(store.read(only?.stream ?? ''));
    } finally {
      await store.close();
    }
  };
  return {
    directory,
    server,
    journal,
    state,
    /** Arguments of a run of the workflow `bug-fix`; its requirement comes from standard input. */
    runArguments: ['run', 'bug-fix', '--req', '-', '--base-url', server.address],
    multiagent: (args: string[], fault?: WriterFault): Promise<CommandOutcome> =>
      runCommand(args, {
        directory,
        input: 'The total of an invoice is wrong.',
        environment: fault === undefined ? {} : { NODE_OPTIONS: `--import ${failingWriter}`, FAULT: JSON.stringify(fault) },
      }),
    /** Relative paths of everything in the run's folder. */
    generated: async () => Object.keys(filesIn(join(directory, 'output', 'generated', (await state()).run))).toSorted(),
  };
}
