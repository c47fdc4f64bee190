import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SqliteEventStore } from '../../../src/state/sqlite-event-store.ts';
import type { FakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import { runCommand } from '../../support/run-command.ts';
import { replyAsTeam } from '../../support/team-replies.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function fake(options: FakeLlamaServerOptions = {}) {
  const server = await startFakeLlamaServer({ reply: replyAsTeam(), ...options });
  onTestFinished(() => server.close());
  return server;
}

function start(server: FakeLlamaServer, directory: string, workflow = 'analysis') {
  const args = ['run', workflow, '--requirement', 'Build a bookmark manager.', '--base-url', server.address, '--max-parallel', '1'];
  return { args, run: () => runCommand(args, { directory }) };
}

/** Starts a run that waits after so many tokens; what ends it is up to the test. */
async function liveRun(server: FakeLlamaServer, directory: string, tokens = 20) {
  server.gate.release(tokens);
  let kill: ((signal: NodeJS.Signals) => void) | undefined;
  const ended = runCommand(start(server, directory).args, { directory, onOutput: (_, child) => (kill = child.kill) });
  await server.waitForRequest(0);
  await server.gate.waiting(1);
  return { ended, kill: (signal: NodeJS.Signals) => kill?.(signal) };
}

const runsOf = (directory: string) => readdirSync(join(directory, 'output', 'generated')).filter((name) => name !== 'latest');

async function idOf(directory: string): Promise<string> {
  const { output } = await runCommand(['runs', '--json'], { directory });
  return (JSON.parse(output.split('\n', 1)[0] ?? '') as { run: string }).run;
}

describe('going on with a run', () => {
  it('Ctrl-C says once how to go on, and typing that goes on from the saved text to the end', { timeout: 60_000 }, async () => {
    const server = await fake({ pace: 'manual' });
    const directory = temporaryFolder();
    const { ended, kill } = await liveRun(server, directory, 60);
    kill('SIGINT');
    const { code, output, errors } = await ended;
    expect(code).toBe(130);
    const lines = `${output}${errors}`.match(/multiagent resume \S+.*/g) ?? [];
    expect(lines).toHaveLength(1);
    const list = await runCommand(['runs', '--status', 'interrupted'], { directory });
    expect(list.output).toContain(lines[0]?.split(' ')[2]);

    server.gate.open();
    const before = server.requests.length;
    const resumed = await runCommand((lines[0] ?? '').split(' ').slice(1), { directory });
    expect(resumed.errors).toBe('');
    expect(resumed.code).toBe(0);
    expect(resumed.output).toMatch(/goes on[^]*Completed in .*: 4 of 4 tasks/);
    expect(resumed.output).not.toMatch(/multiagent resume/);
    const first = server.requests[before]?.body['messages'] as { role: string }[];
    expect(first.at(-1)?.role).toBe('assistant');
  });

  it('a second Ctrl-C ends at once with 130, says how to go on, and loses nothing that had arrived', { timeout: 60_000 }, async () => {
    const server = await fake({ pace: 'manual' });
    const directory = temporaryFolder();
    server.gate.release(60);
    let begun = false;
    const ended = runCommand(start(server, directory).args, {
      directory,
      onOutput: (_, child) => {
        if (begun) return;
        begun = true;
        // Two signals at once: the second finds the first still at work.
        void server.gate.waiting(1).then(() => (child.kill('SIGINT'), child.kill('SIGTERM')));
      },
    });
    const { code, output, errors } = await ended;
    expect(code).toBe(130);
    expect(`${output}${errors}`.match(/multiagent resume \S+/g)).toHaveLength(1);
    server.gate.open();
    const arrived = server.requests.at(-1)?.replyText;
    const before = server.requests.length;
    const resumed = await runCommand(['resume'], { directory });
    expect(resumed.output).toMatch(/Completed in .*: 4 of 4 tasks/);
    // What was still on its way is generated again; what is saved is what was sent, without a gap.
    expect(arrived?.startsWith(server.requests[before]?.prefill ?? '')).toBe(true);
  });

  it('a killed process leaves an interrupted run, which another process resumes', { timeout: 60_000 }, async () => {
    const server = await fake({ pace: 'manual' });
    const directory = temporaryFolder();
    const { ended, kill } = await liveRun(server, directory);
    kill('SIGKILL');
    await ended;
    const status = await runCommand(['status'], { directory });
    expect(status.output).toMatch(/interrupted[^]*multiagent resume/);
    server.gate.open();
    const { code, output } = await runCommand(['resume', '--quiet'], { directory });
    expect(code).toBe(0);
    expect(output).toMatch(/^Completed in/);
  });

  it(
    'one owner: a live run is not resumed, retried or removed by a second process, which names the first',
    { timeout: 60_000 },
    async () => {
      const server = await fake({ pace: 'manual' });
      const directory = temporaryFolder();
      const { ended, kill } = await liveRun(server, directory);
      for (const args of [
        ['resume', 'latest'],
        ['retry', 'latest'],
        ['rm', 'latest', '--yes'],
      ]) {
        const { code, errors } = await runCommand(args, { directory });
        expect(code, args.join(' ')).toBe(2);
        expect(errors).toMatch(/rocess \d+ on \S+/);
      }
      expect((await runCommand(['runs'], { directory })).output).toContain('running');
      kill('SIGTERM');
      expect((await ended).code).toBe(130);
    },
  );

  it(
    'cancel ends a run of another terminal, and one that nobody works on, and says when there is nothing to end',
    { timeout: 60_000 },
    async () => {
      const server = await fake({ pace: 'manual' });
      const directory = temporaryFolder();
      const { ended } = await liveRun(server, directory);
      const cancelled = await runCommand(['cancel', 'latest'], { directory });
      expect(cancelled).toMatchObject({ code: 0, output: expect.stringMatching(/is cancelled/) as string });
      expect((await ended).code).toBe(130);
      expect((await runCommand(['runs'], { directory })).output).toContain('cancelled');
      expect((await runCommand(['cancel', 'latest'], { directory })).output).toMatch(/has ended already \(cancelled\)/);
    },
  );

  it('retry, rerun and refine do what they name and nothing else', { timeout: 60_000 }, async () => {
    const replies = replyAsTeam();
    const server = await fake({
      reply: (request) => (request.taskType?.startsWith('refinement') ? '```text:NOTES.txt\nchanged\n```\n' : replies(request)),
    });
    const directory = temporaryFolder();
    await start(server, directory, 'bug-fix').run();
    const typesOf = async (args: string[]) => {
      const before = server.requests.length;
      const { code, errors } = await runCommand([...args, '--quiet'], { directory });
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      return server.requests.slice(before).map(({ taskType }) => taskType);
    };
    expect(await typesOf(['retry', 'latest', 'regression_testing'])).toEqual(['regression_testing', 'release_notes']);
    expect(await typesOf(['rerun', 'latest', '--from', 'release-notes', '--model', 'another'])).toEqual(['release_notes']);
    expect(server.requests.at(-1)?.body['model']).toBe('another');
    expect(await typesOf(['refine', 'latest', 'Say more.', '--tests', '--docs'])).toEqual([
      'refinement',
      'refinement_testing',
      'refinement_documentation',
    ]);
    const shown = await runCommand(['show', 'latest'], { directory });
    expect(shown.output).toMatch(/Builds on \S+ \(refine\): Say more\./);
    const { output } = await runCommand(['runs'], { directory });
    expect(output.split('\n').slice(1, 4)).toEqual([
      expect.stringMatching(/ 7\/7 .* bug-fix \(refine\) /),
      expect.stringMatching(/ 4\/4 .* bug-fix \(rerun\) /),
      expect.stringMatching(/ 4\/4 .* bug-fix {2}/),
    ]);
    // What cannot be done is known without a server.
    await server.close();
    for (const [args, says] of [
      [['retry', 'latest'], /No task of the run \S+ has failed/],
      [['retry', 'latest', 'nothing'], /has no task "nothing"/],
      [['rerun', 'latest', '--from', 'nothing'], /has no task "nothing"/],
    ] as const)
      expect(await runCommand([...args], { directory })).toMatchObject({ code: 2, errors: expect.stringMatching(says) as string });
  });

  it('a run whose files were checked or taken back afterwards is still the completed run that it was', { timeout: 60_000 }, async () => {
    const server = await fake();
    const directory = temporaryFolder();
    const { args } = start(server, directory, 'bug-fix');
    expect((await runCommand([...args, '--check', 'true', '--quiet'], { directory })).code).toBe(0);
    expect((await runCommand(['runs'], { directory })).output).toMatch(/ completed .* 4\/4 /);
    expect((await runCommand(['undo', 'latest'], { directory })).code).toBe(0);
    expect((await runCommand(['runs', '--status', 'completed'], { directory })).output).toMatch(/ completed /);
    expect((await runCommand(['resume'], { directory })).errors).toMatch(/No run of this workspace was interrupted/);
  });
});

describe('looking at runs', () => {
  it('shows what was recorded: events, replies byte for byte, what the model thought, prompts, messages', { timeout: 60_000 }, async () => {
    const server = await fake({ reply: () => ({ text: 'Grüße\r\n\u001b[31mred\u001b[0m', reasoning: 'Shall I greet? Yes.' }) });
    const directory = temporaryFolder();
    await start(server, directory).run();
    const show = async (...args: string[]) => (await runCommand(['show', 'latest', ...args], { directory })).output;
    expect(await show('--reply', 'requirements_gathering')).toBe('Grüße\r\n\u001b[31mred\u001b[0m');
    expect(await show('--reasoning', 'requirements_gathering')).toBe('Shall I greet? Yes.');
    const events = (await show('--events'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; sequence: number });
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)?.type).toBe('run.finished');
    expect(JSON.parse(await show('--prompt', 'requirements_gathering', '--json'))).toEqual(server.requests[0]?.body['messages']);
    expect(await show('--messages')).toMatch(/ba_001 to \S+: hand_over/);
    expect(await show()).toMatch(/1\s+requirements_gathering\s+completed/);
    expect(JSON.parse(await show('--json'))).toMatchObject({ status: 'completed', workflow_type: 'analysis' });
  });

  it('shows a live run while it writes, without disturbing it, and follows it to its end', { timeout: 60_000 }, async () => {
    const server = await fake({ pace: 'manual' });
    const directory = temporaryFolder();
    const { ended } = await liveRun(server, directory, 60);
    const path = join(directory, '.multiagent', 'state.db');
    const store = SqliteEventStore.open({ path });
    onTestFinished(() => store.close());
    const stream = (await store.list())[0]?.stream ?? '';
    for await (const event of store.subscribe(stream, { signal: new AbortController().signal })) if (event.type === 'reply.delta') break;
    expect((await runCommand(['show', 'latest', '--reply', 'requirements_gathering'], { directory })).output).not.toBe('');
    expect((await runCommand(['status'], { directory })).output).toMatch(/running[^]*writing, \d+ tokens/);
    let following = false;
    const followed = runCommand(['status', '--follow'], {
      directory,
      onOutput: () => {
        if (!following) server.gate.open();
        following = true;
      },
    });
    const [{ code, output }, run] = await Promise.all([followed, ended]);
    expect(code).toBe(0);
    expect(output).toMatch(/requirements_gathering: done[^]*The run is completed\./);
    expect(run.output).toMatch(/Completed in/);
  });

  it('Ctrl-C ends the following and not the run', { timeout: 60_000 }, async () => {
    const server = await fake({ pace: 'manual' });
    const directory = temporaryFolder();
    const { ended } = await liveRun(server, directory);
    const { code } = await runCommand(['status', '--follow', '--json'], { directory, onOutput: (_, child) => child.kill('SIGINT') });
    expect(code).toBe(130);
    server.gate.open();
    expect((await ended).code).toBe(0);
  });

  it.each([
    ['an unknown run', ['show', 'zzzz-nothing'], /There is no run "zzzz-nothing".*\n.*multiagent runs/],
    ['an ambiguous one', ['show', '2'], /could be 2 runs/],
    ['an unknown task', ['show', 'latest', '--reply', 'final_analysi'], /no task[^]*Did you mean final_analysis\?/],
    ['thoughts that nobody told', ['show', 'latest', '--reasoning', 'final_analysis'], /told no reasoning[^]*--reply final_analysis/],
    ['a run that is complete', ['resume', 'latest'], /has ended \(completed\)[^]*multiagent refine/],
    ['nothing interrupted', ['resume'], /No run of this workspace was interrupted/],
    ['nothing failed', ['retry', 'latest', 'nope'], /no task "nope"/],
    ['two parts at once', ['show', 'latest', '--events', '--messages'], /cannot be used with/],
    ['no terminal to confirm in', ['rm', 'latest'], /no terminal[^]*--yes/],
    ['a folder without runs', ['status', '--workspace', 'nowhere'], /There are no runs in/],
  ] as const)('%s is wrong usage, told in one sentence', { timeout: 60_000 }, async (_, args, message) => {
    const server = await fake();
    const directory = temporaryFolder();
    await start(server, directory).run();
    if (args[1] === '2') await start(server, directory).run();
    const { code, output, errors } = await runCommand([...args], { directory });
    expect(errors).toMatch(message);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(existsSync(join(directory, 'nowhere'))).toBe(false);
  });
});

describe('moving and removing runs', () => {
  it('an exported run is imported elsewhere with its files, and can be built on there', { timeout: 60_000 }, async () => {
    const server = await fake();
    const [here, there] = [temporaryFolder(), temporaryFolder()];
    await start(server, here, 'bug-fix').run();
    const exported = await runCommand(['export', 'latest', '--output', 'run.json'], { directory: here });
    expect(exported.output).toMatch(/Exported the run \S+ to .*run\.json: \d+ events/);
    const imported = await runCommand(['import', join(here, 'run.json')], { directory: there });
    expect(imported).toMatchObject({ code: 0, errors: '' });
    const id = await idOf(here);
    const files = (directory: string) =>
      readdirSync(join(directory, 'output', 'generated', id), { recursive: true })
        .map(String)
        .sort();
    expect(files(there)).toEqual(files(here));
    expect(readlinkSync(join(there, 'output', 'generated', 'latest'))).toBe(id);
    const events = async (directory: string) =>
      (await runCommand(['show', id, '--events'], { directory })).output.replaceAll(/"position":\d+/g, '');
    expect(await events(there)).toBe(await events(here));
    expect((await runCommand(['import', join(here, 'run.json')], { directory: there })).output).toMatch(
      /is here already, the same in every event/,
    );
    const { code } = await runCommand(['rerun', 'latest', '--from', 'release_notes', '--quiet'], { directory: there });
    expect(code).toBe(0);
  });

  it('import leaves a file alone that is another one here, and refuses what is no export', { timeout: 60_000 }, async () => {
    const server = await fake();
    const directory = temporaryFolder();
    await start(server, directory).run();
    const id = await idOf(directory);
    const exported = await runCommand(['export', id], { directory });
    writeFileSync(join(directory, 'run.json'), exported.output);
    await runCommand(['rm', id, '--yes'], { directory });
    await runCommand(['import', 'run.json'], { directory });
    const folder = join(directory, 'output', 'generated', id);
    const [first = ''] = readdirSync(folder).filter((name) => name.endsWith('.md'));
    writeFileSync(join(folder, first), 'mine');
    expect((await runCommand(['import', 'run.json'], { directory })).output).toContain(`another one here: ${first}`);
    expect(readFileSync(join(folder, first), 'utf8')).toBe('mine');
    writeFileSync(join(directory, 'bad.json'), '{}');
    for (const file of ['bad.json', 'none.json']) expect((await runCommand(['import', file], { directory })).code).toBe(2);
  });

  it('rm removes what the run made, keeps and names what somebody has changed, and mends latest', { timeout: 60_000 }, async () => {
    const server = await fake();
    const directory = temporaryFolder();
    await start(server, directory, 'bug-fix').run();
    const first = await idOf(directory);
    await start(server, directory, 'bug-fix').run();
    const second = await idOf(directory);
    const folder = join(directory, 'output', 'generated', second);
    writeFileSync(join(folder, 'CHANGELOG.md'), 'My own words.\n');
    const backups = join(directory, '.multiagent', 'backups');
    for (const id of [first, second]) mkdirSync(join(backups, id, '001'), { recursive: true });
    const { code, output } = await runCommand(['rm', second, '--yes'], { directory });
    expect(code).toBe(0);
    expect(readdirSync(backups)).toEqual([first]);
    expect(output).toMatch(/Kept in [^]*CHANGELOG\.md/);
    expect(readdirSync(folder, { recursive: true })).toEqual(['CHANGELOG.md']);
    expect(readdirSync(join(directory, 'output')).filter((name) => name.includes(second))).toEqual([]);
    expect(readlinkSync(join(directory, 'output', 'generated', 'latest'))).toBe(first);
    expect((await runCommand(['show', second], { directory })).code).toBe(2);
    rmSync(folder, { recursive: true });
    await runCommand(['rm', 'latest', '--yes'], { directory });
    expect(runsOf(directory)).toEqual([]);
    expect(existsSync(join(directory, 'output', 'generated', 'latest'))).toBe(false);
    expect((await runCommand(['runs'], { directory })).output).toMatch(/^There are no runs in/);
  });

  it('what is left of a damaged journal can be exported', { timeout: 60_000 }, async () => {
    const server = await fake();
    const directory = temporaryFolder();
    await start(server, directory).run();
    const id = await idOf(directory);
    const path = join(directory, '.multiagent', 'state.db');
    const bytes = readFileSync(path);
    const page = Math.floor(bytes.lastIndexOf('task.completed') / 4096) * 4096;
    bytes.fill(0xff, page, page + 4096);
    writeFileSync(path, bytes);
    rmSync(`${path}-wal`, { force: true });
    const { code, output, errors } = await runCommand(['export', id], { directory });
    expect(code).toBe(0);
    expect(errors).toMatch(/damaged/);
    const archive = JSON.parse(output) as { events: unknown[]; contents: object };
    expect(archive.events.length).toBeGreaterThan(3);
    // Without its first page it looks like a file of somebody else.
    writeFileSync(path, readFileSync(path).fill(0, 0, 4096));
    expect((await runCommand(['runs'], { directory })).errors).toMatch(/not a journal of multiagent.*\n.*multiagent export/);
    const again = JSON.parse((await runCommand(['export', id], { directory })).output) as typeof archive;
    expect(again.events).toEqual(archive.events);
    expect(Object.keys(again.contents).length).toBeGreaterThan(0);
  });
});
