import { copyFileSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import { recordedEvents, writeFirstJournal } from '../../histories/first-schema.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../../support/run-command.ts';
import { replyAsTeam } from '../../support/team-replies.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const earlier = join(import.meta.dirname, '../../histories');
const histories = globSync('*/*.jsonl', { cwd: earlier }).toSorted();
const versions = [...new Set(histories.map((history) => dirname(history)))];
const eventsOf = (history: string) => recordedEvents(join(earlier, history));
const idOf = (events: readonly JournalEvent[]) => events[0]!.correlation;

/** A project whose journal the first version has written. */
function project(...runs: (readonly JournalEvent[])[]) {
  const directory = temporaryFolder();
  writeFirstJournal(join(directory, '.multiagent', 'state.db'), runs);
  return { directory, call: (...args: string[]) => runCommand(args, { directory }) };
}

const replies = replyAsTeam();

async function fake() {
  const server = await startFakeLlamaServer({
    reply: (request) => (request.taskType === 'refinement' ? '```python:src/a.py\nx = 2\n```\n' : replies(request)),
  });
  onTestFinished(() => server.close());
  return server;
}

describe('a journal of an earlier version', () => {
  it('is listed as a whole, and each of its runs is shown with its tasks', { timeout: 120_000 }, async () => {
    const runs = histories.map(eventsOf);
    const { call } = project(...runs);
    const listed = (await call('runs', '--json', '--all')).output.trim().split('\n');
    expect(new Set(listed.map((line) => (JSON.parse(line) as { run: string }).run))).toEqual(new Set(runs.map(idOf)));
    for (const [index, events] of runs.entries()) {
      const meant = JSON.parse(readFileSync(join(earlier, histories[index]!.replace(/l$/, '')), 'utf8')) as { status: string };
      const { code, output, errors } = await call('show', idOf(events), '--json');
      expect({ code, errors }, histories[index]).toEqual({ code: 0, errors: '' });
      const shown = JSON.parse(output) as { status: string; tasks: object };
      expect(shown.status, histories[index]).toBe(meant.status);
    }
  });

  it('is not gone on with before a person says so, since nobody knows who wrote it', async () => {
    const events = eventsOf('0.1.0/interrupted-and-resumed.jsonl');
    const cut = events.slice(
      0,
      events.findIndex(({ type }) => type === 'run.resumed'),
    );
    const { call } = project(cut);
    const refused = await call('resume');
    expect(refused).toMatchObject({ code: 2, output: '' });
    expect(refused.errors).toContain('was not started here by you');
    expect(refused.errors).toMatch(/add --trust to your command\. Runs of earlier versions are not\s+known, either\./);
  });

  it('is gone on with where its run was interrupted, and asks nothing that was answered', async () => {
    const events = eventsOf('0.1.0/interrupted-and-resumed.jsonl');
    const { call } = project(
      events.slice(
        0,
        events.findIndex(({ type }) => type === 'run.resumed'),
      ),
    );
    const server = await fake();
    const { code, output } = await call('resume', '--trust', '--base-url', server.address);
    expect([code, output]).toEqual([0, expect.stringContaining('4 of 4 tasks')]);
    const asked = server.requests.map(({ taskType }) => taskType);
    expect(asked).not.toContain('requirements_gathering');
    expect(asked).toContain('final_analysis');
  });

  it('has its failed tasks done again, and those that were skipped for them', async () => {
    const { call } = project(eventsOf('0.1.0/failed-with-skips.jsonl'));
    const server = await fake();
    const { code, output } = await call('retry', '--trust', '--base-url', server.address);
    expect([code, output]).toEqual([0, expect.stringContaining('6 of 6 tasks')]);
    expect(server.requests.map(({ taskType }) => taskType)).toEqual(['testing', 'documentation']);
  });

  it('is built on by a refinement', async () => {
    const { call } = project(eventsOf('0.1.0/corrective-turn.jsonl'));
    const server = await fake();
    const { code, output } = await call('refine', 'latest', 'Say more.', '--trust', '--base-url', server.address);
    expect([code, output]).toEqual([0, expect.stringContaining('Completed')]);
    expect(server.requests.map(({ taskType }) => taskType)).toEqual(['refinement']);
  });

  it('is not begun again where it has ended; its results are written again where they are gone', async () => {
    const events = eventsOf('0.1.0/completed-in-branches.jsonl');
    const { call, directory } = project(events);
    const server = await fake();
    const written = await call('resume', idOf(events), '--trust', '--base-url', server.address);
    expect([written.code, written.output]).toEqual([0, expect.stringContaining('6 of 6 tasks')]);
    expect(readFileSync(join(directory, 'output', `workflow_summary_${idOf(events)}.md`), 'utf8')).toContain('Build a bookmark manager.');
    expect(server.requests).toEqual([]);
    const { code, errors } = await call('resume', idOf(events), '--trust');
    expect([code, errors]).toEqual([2, expect.stringContaining('has ended (completed)')]);
  });
});

describe('settings of an earlier version', () => {
  test.each(versions)('%s: a project with its config.yaml and its variables is set up as it was', async (version) => {
    const directory = temporaryFolder();
    copyFileSync(join(earlier, version, 'config.yaml'), join(directory, 'config.yaml'));
    copyFileSync(join(earlier, version, 'variables.env'), join(directory, '.env'));
    const { code, output, errors } = await runCommand(['config', 'show', '--json'], { directory });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const { settings } = JSON.parse(output) as { settings: { name: string; value: unknown }[] };
    const said = {
      llm_base_url: 'http://127.0.0.1:8080/v1',
      llm_model: 'devstral',
      llm_temperature: 0.7,
      llm_max_tokens: 4096,
      task_timeout: 3600,
      max_concurrent_agents: 5,
      // Since then called `transcript`, and still taken.
      prompt_layout: 'shared',
    };
    expect(Object.fromEntries(settings.map(({ name, value }) => [name, value]))).toMatchObject(said);
  });
});

describe('workflows of an earlier version', () => {
  const files = globSync('*/workflows/*.yaml', { cwd: earlier }).toSorted();

  test.each(files)('%s has no problem, as a file of a project', async (file) => {
    const directory = temporaryFolder();
    copyFileSync(join(earlier, file), join(directory, 'own.yaml'));
    const { code, errors } = await runCommand(['workflows', 'validate', 'own.yaml'], { directory });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
  });

  it('runs as it did', async () => {
    const directory = temporaryFolder();
    const folder = join(directory, '.multiagent', 'workflows');
    mkdirSync(folder, { recursive: true });
    const file = files.find((one) => basename(one) === 'feature_development.yaml')!;
    writeFileSync(
      join(folder, 'as_before.yaml'),
      readFileSync(join(earlier, file), 'utf8').replace('name: feature_development', 'name: as_before'),
    );
    const server = await fake();
    const { code, output } = await runCommand(['run', 'as-before', 'A todo list.', '--base-url', server.address], { directory });
    expect([code, output]).toEqual([0, expect.stringContaining('6 of 6 tasks')]);
  });
});
