import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, type TestContext } from 'vitest';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import { salvageJournal } from '../../src/state/salvage-journal.ts';
import { crashReply } from '../crash/crash-replies.ts';
import { expectSoundDatabase, filesIn } from '../crash/expect-same-run.ts';
import type { WriterFault } from '../crash/failing-writer.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { commandFile, runCommand } from '../support/run-command.ts';

const failingWriter = join(import.meta.dirname, '..', 'crash', 'failing-writer.ts');
const delivered = ['01-bug_analysis.md', 'CHANGELOG.md', 'src/format.py', 'src/total.py', 'tests/test_total.py'];

/** A project with a server, and the command on it. Ends with the test. */
async function project({ onTestFinished }: TestContext) {
  const directory = mkdtempSync(join(tmpdir(), 'multiagent-test-'));
  const server = await startFakeLlamaServer({ reply: crashReply });
  onTestFinished(async () => {
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const journal = join(directory, '.multiagent', 'state.db');
  const run = (fault?: WriterFault) =>
    runCommand(['run', 'bug-fix', '--req', '-', '--base-url', server.address], {
      directory,
      input: 'The total of an invoice is wrong.',
      environment: fault === undefined ? {} : { NODE_OPTIONS: `--import ${failingWriter}`, FAULT: JSON.stringify(fault) },
    });
  const withOrchestrator = async <Result>(work: (orchestrator: AgentOrchestrator) => Promise<Result>): Promise<Result> => {
    const orchestrator = new AgentOrchestrator({ workspace: directory, config: { workspace: directory, llm_base_url: server.address } });
    try {
      return await work(orchestrator);
    } finally {
      await orchestrator.close();
    }
  };
  /** Goes on with the only run there is. */
  const resume = () =>
    withOrchestrator(async (orchestrator) => {
      const [summary] = await orchestrator.store.list({ prefix: 'run:' });
      return orchestrator.resumeRun(summary?.stream.slice('run:'.length) ?? '');
    });
  const generated = (id: string) => Object.keys(filesIn(join(directory, 'output', 'generated', id))).sort();
  return { directory, server, journal, run, resume, generated, withOrchestrator };
}

const noStack = /\n\s+at .*\.ts:/;

describe.concurrent('what the system refuses ends a run with the reason and what to do, and nothing is lost', () => {
  it.each([
    ['while files are written', 3],
    ['when the results are written', 7],
  ] as const)('a full disk %s: what was recorded stays, and resumed it asks for nothing again that was written', async (_, after, context: TestContext = after as never) => {
    const { run, resume, server, generated, journal } = await project(context);
    const { code, output, errors } = await run({ fault: 'files', code: 'ENOSPC', under: '/output/', after });
    expect(code).toBe(1);
    expect(output + errors).toMatch(/could not be written: the disk is full/);
    expect(errors).not.toMatch(noStack);
    expectSoundDatabase(journal);
    const asked = server.requests.map(({ taskType }) => taskType);

    const result = await resume();
    expect(result.status).toBe('completed');
    expect(generated(result.workflow_id)).toEqual(delivered);
    const again = server.requests.slice(asked.length).map(({ taskType }) => taskType);
    expect(again.filter((taskType) => asked.includes(taskType))).toEqual([]);
  });
});
void [execFileSync, spawnSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync, process, DatabaseSync, salvageJournal, commandFile];
