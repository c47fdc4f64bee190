import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SqliteEventStore } from '../../../src/state/store/sqlite-event-store.ts';
import { runCommand } from '../../support/run-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { fake, idOf, liveRun, runsOf, start } from './runs-in-a-project.ts';

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
    let pressed = false;
    const { code } = await runCommand(['status', '--follow', '--json'], {
      directory,
      onOutput: (_, child) => {
        // Once: a second one while it ends would end the process itself.
        if (!pressed) child.kill('SIGINT');
        pressed = true;
      },
    });
    expect(code).toBe(130);
    server.gate.open();
    expect((await ended).code).toBe(0);
  });

  it.each([
    ['an unknown run', ['show', 'zzzz-nothing'], /There is no run "zzzz-nothing".*\n.*multiagent runs/],
    ['an ambiguous one', ['show', '2'], /could be 2 runs/],
    ['an unknown task', ['show', 'latest', '--reply', 'final_analysi'], /no task[^]*Did you mean final_analysis\?/],
    ['thoughts that nobody told', ['show', 'latest', '--reasoning', 'final_analysis'], /sent no reasoning[^]*--reply final_analysis/],
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
      /is already here, with the same events/,
    );
    const rerun = (...args: string[]) =>
      runCommand(['rerun', 'latest', '--from', 'release_notes', '--quiet', ...args], { directory: there });
    const asked = await rerun();
    expect(asked).toMatchObject({ code: 2, output: '', errors: expect.stringMatching(/not started here by you[^]*--trust/) as string });
    expect((await rerun('--trust')).code).toBe(0);
    expect((await rerun()).code).toBe(0);
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
    expect((await runCommand(['import', 'run.json'], { directory })).output).toContain(`it is different here: ${first}`);
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
