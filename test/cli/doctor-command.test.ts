import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkNode, checkWorkspace } from '../../src/cli/doctor/check-machine.ts';
import { forkFiles } from '../../src/llm/slots/fork-files.ts';
import type { FakeLlamaServerOptions } from '../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function fake(options: FakeLlamaServerOptions = {}) {
  const server = await startFakeLlamaServer({ pace: 1, promptPace: 0.05, reply: () => 'five, six, seven.', ...options });
  onTestFinished(() => server.close());
  return server;
}

describe('multiagent doctor', () => {
  it('reports each finding, an estimate that is called one, and the command line of a server, with exit code 0', async () => {
    const { address } = await fake();
    const { code, output, errors } = await runCommand(['doctor', '--base-url', address], { directory: temporaryFolder() });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    for (const pattern of [
      /^ok +node /m,
      /^ok +workspace /m,
      /^ok +cache +a second request read \d+ of its \d+ tokens/m,
      /^WARNING +grammar .*\n +\S/m,
      /^Speed: reads \S+ and writes \S+ tokens per second/m,
      /would take about .*: an estimate/,
      /^ {2}llama-server .*--jinja/m,
    ])
      expect(output).toMatch(pattern);
  });

  it('tells programs the same as JSON', async () => {
    const { address } = await fake();
    const { code, output } = await runCommand(['doctor', '--base-url', address, '--json'], { directory: temporaryFolder() });
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      findings: expect.arrayContaining([{ check: 'model', state: 'ok', message: 'fake-model', hint: null }]),
      read_tokens_per_second: expect.any(Number),
      written_tokens_per_second: expect.any(Number),
      estimated_feature_run_seconds: expect.any(Number),
      server_command: expect.stringContaining('llama-server'),
    });
  });

  it('leaves nothing of its slots behind', async () => {
    const cache = temporaryFolder();
    const { address, calls } = await fake({ slots: 2, contextTokens: 32_768, savesSlots: 'yes' });
    const [file] = forkFiles(address);
    mkdirSync(join(cache, 'multiagent', 'slots'), { recursive: true });
    writeFileSync(join(cache, 'multiagent', 'slots', file ?? ''), 'as the server would have saved it');
    const { output } = await runCommand(['doctor', '--base-url', address], {
      directory: temporaryFolder(),
      environment: { XDG_CACHE_HOME: cache },
    });
    expect(output).toMatch(/^ok +forking /m);
    expect(calls.some(({ body }) => body.includes(file ?? ''))).toBe(true);
    expect(readdirSync(join(cache, 'multiagent', 'slots'))).toEqual([]);
  });

  it('examines the embedded engine', async () => {
    const { code, output } = await runCommand(['doctor', '--engine', 'embedded'], { directory: temporaryFolder() });
    expect(code).toBe(0);
    expect(output).toMatch(/^ok +server +the embedded engine runs/m);
    expect(output).toMatch(/^ok +cache /m);
    expect(output).toMatch(/^ok +counting /m);
  });

  it('ends with 3 and says what to start where nothing runs', async () => {
    const server = await fake();
    await server.close();
    const { code, output } = await runCommand(['doctor', '--base-url', server.address], { directory: temporaryFolder() });
    expect(code).toBe(3);
    expect(output).toMatch(/^PROBLEM +server +No model server was found .*nothing listens there.*\n +Start one/m);
  });

  it('ends with 3 at once where the server is loading', async () => {
    const { address } = await fake({ state: 'loading' });
    const { code, output } = await runCommand(['doctor', '--base-url', address], { directory: temporaryFolder() });
    expect(code).toBe(3);
    expect(output).toMatch(/^PROBLEM +server .*still loading its model.*\n +Wait/m);
  });

  it('ends with 1 where the model refuses conversations', async () => {
    const { address } = await fake({ faults: [{ when: () => true, fault: { kind: 'status', status: 400 } }] });
    const { code, output } = await runCommand(['doctor', '--base-url', address], { directory: temporaryFolder() });
    expect(code).toBe(1);
    expect(output).toMatch(/^PROBLEM +roles .*\n +Start the server with --jinja/m);
  });

  it('ends with 1 where the settings are not valid, and still prints what it found', async () => {
    const directory = temporaryFolder();
    writeFileSync(join(directory, 'config.yaml'), 'llm_timeout: soon\n');
    const { code, output } = await runCommand(['doctor'], { directory });
    expect(code).toBe(1);
    expect(output).toMatch(/^ok +node /m);
    expect(output).toMatch(/^PROBLEM +settings .*llm_timeout/m);
  });

  it.each([
    [{}, /^ok +settings +no file; the defaults are used$/m],
    [{ own: '' }, /^ok +settings +your own in \S+config\.yaml$/m],
    [{ own: '', project: '' }, /^ok +settings +\S+config\.yaml, and your own in\s+\S+config\.yaml$/m],
  ])('says which files the settings come from: %j', async (files, expected) => {
    const directory = temporaryFolder();
    mkdirSync(join(directory, 'own/multiagent'), { recursive: true });
    if ('own' in files) writeFileSync(join(directory, 'own/multiagent/config.yaml'), 'llm_timeout: 7\n');
    if ('project' in files) writeFileSync(join(directory, 'config.yaml'), 'llm_max_retries: 2\n');
    const { output } = await runCommand(['doctor'], { directory, environment: { XDG_CONFIG_HOME: join(directory, 'own') } });
    expect(output).toMatch(expected);
  });
});

describe('what doctor recommends', () => {
  const fakeServer = join(import.meta.dirname, '../local-engine/managed/fake-llama.ts');

  async function recommended(environment: Record<string, string>, ...options: string[]) {
    const server = await fake();
    await server.close();
    return runCommand(['doctor', '--base-url', server.address, ...options], { directory: temporaryFolder(), environment });
  }

  it('is a whole command line with the flags that the release which is here has', async () => {
    const folder = temporaryFolder();
    const program = join(folder, 'llama-server');
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${fakeServer}" "${folder}" "$@"\n`, { mode: 0o755 });
    const { output } = await recommended({ LLAMA_SERVER_BIN: program }, '--json');
    const { server_command: command } = JSON.parse(output) as { server_command: string };
    expect(command.startsWith(`${program} -hf `)).toBe(true);
    for (const flags of ['-c ', '-np 1', '-ngl 0', '--jinja', '--slot-save-path', '--host 127.0.0.1', '--spec-type ngram-mod'])
      expect(command).toContain(flags);
    expect(command).not.toContain('--cors-origins');
  });

  it('names the commands that do the same, and what has to be done before', async () => {
    const { output } = await recommended({});
    expect(output).toMatch(
      /^To start a server on this machine \(.*about .* GB.*\):\n {2}multiagent model pull \S+\n {2}multiagent model start \S+ --build\nor, by hand:\n {2}llama-server /m,
    );
  });

  it('is left out where LLAMA_SERVER_BIN names no program, which is told', async () => {
    const { code, output } = await recommended({ LLAMA_SERVER_BIN: '/nowhere/llama-server' });
    expect(code).toBe(3);
    expect(output).toMatch(/^WARNING +start +LLAMA_SERVER_BIN names .*\n +Set it/m);
  });
});

describe('the check of Node', () => {
  it.each([
    ['24.15.0', 'ok'],
    ['v24.21.0', 'ok'],
    ['26.0.0', 'ok'],
    ['24.14.9', 'problem'],
    ['25.2.0', 'problem'],
    ['20.19.0', 'problem'],
  ])('says of %s: %s', (version, state) => {
    expect(checkNode(version).state).toBe(state);
  });
});

describe('the check of the workspace', () => {
  it('takes a folder, and one that can be made', async () => {
    const folder = temporaryFolder();
    expect(await checkWorkspace(folder)).toMatchObject({ state: 'ok', message: `${folder} can be written` });
    expect(await checkWorkspace(join(folder, 'a', 'b'))).toMatchObject({ state: 'ok', message: expect.stringContaining('can be created') });
  });

  it.each(['file', join('file', 'below')])('refuses what is no folder: %s', async (name) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(await checkWorkspace(join(folder, name))).toMatchObject({ check: 'workspace', state: 'problem' });
  });
});
