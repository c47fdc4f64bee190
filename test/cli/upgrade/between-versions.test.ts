import { copyFileSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { writeJournal } from '../../histories/write-journal.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../../support/run-command.ts';
import { replyAsTeam, TEAM_TASK_TYPES } from '../../support/team-replies.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// Journals, settings and workflows as programs between the first version and this one wrote them, each where a shape had changed. The journals are of real runs.
const between = join(import.meta.dirname, '../../histories/between');

/** `killed`: its program was killed at work. A session is one run a turn. */
interface Recorded {
  state: 'completed' | 'interrupted' | 'waiting' | 'killed';
  workflow: string;
}

const analysis: Recorded = { state: 'completed', workflow: 'analysis' };
const fix: Recorded = { state: 'interrupted', workflow: 'bug_fix' };
const waiting: Recorded = { state: 'waiting', workflow: 'feature_with_review' };
const turn: Recorded = { state: 'completed', workflow: 'session' };

/** The runs of each, in the order in which they began. */
const recorded: Record<string, Recorded[]> = {
  '1-several-servers': [analysis, fix],
  '2-layouts': [analysis, fix],
  '3-steps-of-steps': [analysis, fix, { state: 'killed', workflow: 'feature_with_review' }],
  '4-requests': [analysis, fix, waiting],
  '5-sessions': [analysis, fix, waiting, turn, turn],
};
const all = Object.entries(recorded);

async function project(name: string) {
  const directory = temporaryFolder();
  writeFileSync(join(directory, 'store.py'), 'tags = []\n');
  writeJournal(join(between, name, 'journal.jsonl'), join(directory, '.multiagent', 'state.db'));
  const call = (...args: string[]) => runCommand(args, { directory });
  const { output } = await call('runs', '--json', '--all');
  const runs = output
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { run: string }).run)
    .toSorted();
  const of = (state: Recorded['state'], workflow: string) =>
    runs[recorded[name]!.findIndex((run) => run.state === state && run.workflow === workflow)]!;
  return { directory, call, runs, of };
}

async function fake() {
  const replies = replyAsTeam();
  const known = new Set<string | undefined>(TEAM_TASK_TYPES);
  const server = await startFakeLlamaServer({
    reply: (request) => (known.has(request.taskType) ? replies(request) : '{"verdict": "approved", "findings": []}'),
  });
  onTestFinished(() => server.close());
  return server;
}

describe('a journal from between two versions', () => {
  test.each(all)('%s: its runs are listed, shown and reported on', { timeout: 300_000 }, async (name, meant) => {
    const { call, runs, directory } = await project(name);
    expect(runs).toHaveLength(meant.length);
    for (const [index, run] of runs.entries()) {
      const { code, output, errors } = await call('show', run, '--json');
      expect({ code, errors }, run).toEqual({ code: 0, errors: '' });
      const { state } = meant[index]!;
      const shown: unknown = JSON.parse(output);
      expect(shown).toMatchObject({ workflow_type: meant[index]!.workflow, status: state === 'killed' ? 'interrupted' : state });
      expect((await call('report', run)).code).toBe(0);
      expect(readFileSync(join(directory, 'output', `report_${run}.html`), 'utf8')).toContain(run);
    }
  });

  test.each(all)(
    '%s: an interrupted run is gone on with, asks nothing twice, and its files are undone',
    { timeout: 300_000 },
    async (name) => {
      const { call, of, directory } = await project(name);
      const run = of('interrupted', 'bug_fix');
      const server = await fake();
      const { code, output } = await call('resume', run, '--trust', '--base-url', server.address);
      expect([code, output]).toEqual([0, expect.stringContaining('4 of 4 tasks')]);
      expect(server.requests.map(({ taskType }) => taskType)).toEqual(['regression_testing', 'release_notes']);
      const fixed = join(directory, 'output', 'generated', run, 'src', 'todo_store.py');
      expect(existsSync(fixed)).toBe(true);
      const undone = await call('undo', run);
      expect([undone.code, existsSync(fixed)]).toEqual([0, false]);
    },
  );

  it('is gone on with where its program was killed, up to what a person has to decide', async () => {
    const { call, of } = await project('3-steps-of-steps');
    const server = await fake();
    const { code, output } = await call('resume', of('killed', 'feature_with_review'), '--trust', '--base-url', server.address);
    expect([code, output]).toEqual([4, expect.stringContaining('May this be deployed?')]);
  });

  test.each(['4-requests', '5-sessions'])('%s: what a step waits for is decided, and the run ends', async (name) => {
    const { call, of } = await project(name);
    const server = await fake();
    const { code, output } = await call(
      'approve',
      of('waiting', 'feature_with_review'),
      'release',
      '--trust',
      '--base-url',
      server.address,
    );
    expect([code, output]).toEqual([0, expect.stringContaining('Completed')]);
    expect(server.requests.map(({ taskType }) => taskType)).toEqual(['deployment']);
  });

  it('has its sessions listed, and gone on with', async () => {
    const { call, runs } = await project('5-sessions');
    const listed = await call('code', '--list');
    expect([listed.code, listed.output]).toEqual([0, expect.stringMatching(new RegExp(`^${runs[3]} .* 2 turns +What is a tag\\?`, 'm'))]);
    const server = await fake();
    const { code } = await call('code', '--continue', '--trust', '-p', 'And a shelf?', '--base-url', server.address);
    expect(code).toBe(0);
    expect(JSON.stringify(server.requests[0])).toContain('What is a tag?');
  });
});

describe('settings from between two versions', () => {
  test.each(all)('%s: each says what it said', async (name) => {
    const directory = temporaryFolder();
    copyFileSync(join(between, name, 'config.yaml'), join(directory, 'config.yaml'));
    const { code, output, errors } = await runCommand(['config', 'show', '--json'], { directory });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const { settings } = JSON.parse(output) as { settings: { name: string; value: unknown }[] };
    const shown = new Map(settings.map((setting) => [setting.name, setting.value]));
    const said = Object.entries(parse(readFileSync(join(directory, 'config.yaml'), 'utf8')) as object);
    // Folders are shown from the root, and levels in small letters.
    const isPlain = (value: unknown) => ['number', 'boolean', 'string'].includes(typeof value) && !/^[./]|\/|^[A-Z]/.test(String(value));
    const plain = said.filter(([, value]) => isPlain(value));
    expect(plain.length).toBeGreaterThan(9);
    for (const [setting, value] of plain) expect([setting, shown.get(setting)]).toEqual([setting, value]);
  });
});

describe('workflows from between two versions', () => {
  test.each(all)('%s: none has a problem', async (name) => {
    const files = globSync('*.yaml', { cwd: join(between, name, 'workflows') });
    expect(files.length).toBeGreaterThanOrEqual(5);
    const { code, output } = await runCommand(['workflows', 'validate', ...files], { directory: join(between, name, 'workflows') });
    expect([code, output.match(/no problem/g)]).toEqual([0, files.map(() => 'no problem')]);
  });
});
