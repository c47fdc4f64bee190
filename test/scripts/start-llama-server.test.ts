import { execFileSync } from 'node:child_process';
import { rmSync, statSync, utimesSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSocketServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findOnPath, freePort, ScriptProject, type ScriptResult } from './script-project.ts';

/** The words of a command line that a shell would see. */
function words(line: string): string[] {
  return execFileSync('bash', ['-c', `for word in ${line.trim()}; do printf '%s\\0' "$word"; done`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

const devstral = 'unsloth/Devstral-Small-2-24B-Instruct-2512-GGUF:UD-Q4_K_XL';

describe('what the script would start', () => {
  test.each([
    {
      name: 'Devstral by default, one slot, on loopback only',
      flags: ['-hf', devstral, '-c', '16384', '-np', '1', '-ngl', '99', '--jinja'],
    },
    {
      name: 'listens where it is told',
      env: { LLAMA_HOST: '0.0.0.0', LLAMA_PORT: '9931' },
      flags: ['--host', '0.0.0.0', '--port', '9931'],
    },
    { name: 'a repository', env: { LLAMA_MODEL: 'owner/Some-GGUF:Q4_K_M' }, flags: ['-hf', 'owner/Some-GGUF:Q4_K_M'] },
    { name: 'a file with a space in its name', env: { LLAMA_MODEL: 'my model.gguf' }, flags: ['-m', './my model.gguf'] },
    {
      name: 'context, layers and threads',
      env: { LLAMA_CTX_SIZE: '4096', LLAMA_GPU_LAYERS: '0', LLAMA_THREADS: '6' },
      flags: ['-c', '4096', '-np', '1', '-ngl', '0', '-t', '6'],
    },
    { name: 'slots from the environment', env: { LLAMA_PARALLEL: '3' }, flags: ['-np', '3'] },
    { name: 'slots from the command line first', env: { LLAMA_PARALLEL: '3' }, options: ['--parallel', '2'], flags: ['-np', '2'] },
    { name: 'an empty value counts as not set', env: { LLAMA_CTX_SIZE: '' }, flags: ['-c', '16384'] },
    { name: 'flags of one’s own', options: ['--', '--spec-type', 'ngram mod'], flags: ['--port', '8080', '--spec-type', 'ngram mod'] },
    {
      name: '.env',
      file: 'LLAMA_CTX_SIZE=2048 # small\nexport LLAMA_MODEL="my model.gguf"\r\n',
      flags: ['-m', './my model.gguf', '-c', '2048'],
    },
    { name: 'the environment before .env', env: { LLAMA_CTX_SIZE: '512' }, file: "LLAMA_CTX_SIZE='2048'", flags: ['-c', '512'] },
    { name: 'what was commented out counts as not set', file: '#LLAMA_CTX_SIZE=2048', flags: ['-c', '16384'] },
  ])('$name', async ({ env, options = [], file, flags }) => {
    const project = new ScriptProject();
    const server = project.installServer();
    project.write('my model.gguf', '');
    if (file !== undefined) project.write('.env', file);
    const { code, stdout } = await project.run(['--dry-run', ...options], env);
    expect(code).toBe(0);
    const given = words(stdout);
    expect(given[0]).toBe(server);
    expect(given.join('\n')).toContain(flags.join('\n'));
    expect(given).toContain('--slot-save-path');
    expect(project.has('home of mine/.cache')).toBe(false);
  });

  test('nothing in .env is run', async () => {
    const project = new ScriptProject();
    project.installServer();
    project.write('.env', 'LLAMA_THREADS=$(: >ran)\nLLAMA_MODEL=`: >ran`\n: >ran\nLLAMA_SERVER_BIN=/bin/false\n');
    const { code, stderr } = await project.run(['--dry-run']);
    expect([code, project.has('ran')]).toEqual([2, false]);
    expect(stderr).toContain('LLAMA_THREADS has to be a whole number');
  });

  test('an address that others reach is not taken from .env, and is from the environment', async () => {
    const project = new ScriptProject();
    project.installServer();
    project.write('my model.gguf', '');
    project.write('.env', 'LLAMA_HOST=0.0.0.0\nLLAMA_MODEL="my model.gguf"\n');
    expect(await project.run(['--dry-run'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/LLAMA_HOST[^]*in your shell/) as string,
    });
    expect((await project.run(['--dry-run'], { LLAMA_HOST: '0.0.0.0' })).code).toBe(0);
    project.write('.env', 'LLAMA_HOST=localhost\nLLAMA_MODEL="my model.gguf"\n');
    expect((await project.run(['--dry-run'])).code).toBe(0);
  });

  test('a program from .env is not taken, because the file may be somebody else’s', async () => {
    const project = new ScriptProject();
    const server = project.installServer();
    project.write('.env', 'LLAMA_SERVER_BIN=/bin/false\n');
    expect((await project.run(['--dry-run'])).stdout).toContain(words(`"${server}"`)[0]?.replaceAll(' ', String.raw`\ `));
  });
});

describe('where the program comes from', () => {
  test.each([
    {
      name: 'LLAMA_SERVER_BIN first',
      places: ['own/llama-server', 'tools/llama-server'],
      own: 'own/llama-server',
      expected: 'own/llama-server',
    },
    {
      name: 'then the PATH',
      places: ['tools/llama-server', 'home of mine/.cache/multiagent/llama.cpp-9.9.9/build/bin/llama-server'],
      expected: 'tools/llama-server',
    },
    {
      name: 'then an earlier build',
      places: ['home of mine/.cache/multiagent/llama.cpp-9.9.9/build/bin/llama-server'],
      expected: 'home of mine/.cache/multiagent/llama.cpp-9.9.9/build/bin/llama-server',
    },
  ])('$name', async ({ places, own, expected }) => {
    const project = new ScriptProject();
    for (const place of places) project.installServer(place);
    const env = own === undefined ? {} : { LLAMA_SERVER_BIN: join(project.folder, own) };
    expect(words((await project.run(['--dry-run'], env)).stdout)[0]).toBe(join(project.folder, expected));
  });

  test.each([
    ['that of the installed package where there is one', ['9.9.9', '10.0.0'], '9.9.9'],
    ['else the one that was made last', ['10.0.0', '8.0.0'], '8.0.0'],
  ])('of several earlier builds: %s', async (_, versions, expected) => {
    const project = new ScriptProject();
    project.write('node_modules/node-llama-cpp/package.json', '{\n  "version": "9.9.9"\n}\n');
    project.write('node_modules/node-llama-cpp/llama/gitRelease.bundle', '');
    const place = (version: string) => `home of mine/.cache/multiagent/llama.cpp-${version}/build/bin/llama-server`;
    for (const [hour, version] of versions.entries()) {
      project.installServer(place(version));
      utimesSync(join(project.folder, place(version)), hour * 3600, hour * 3600);
    }
    expect(words((await project.run(['--dry-run'])).stdout)[0]).toBe(join(project.folder, place(expected)));
  });

  test('an earlier build that did not come to its end does not count', async () => {
    const project = new ScriptProject();
    project.installServer('home of mine/.cache/multiagent/llama.cpp-9.9.9/build/bin/llama-server');
    project.write('home of mine/.cache/multiagent/llama.cpp-9.9.9/build.unfinished', '');
    const { code, stderr } = await project.run(['--dry-run']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/No llama-server was found.*\n.*--build/);
  });
});

describe('what the script refuses', () => {
  test.each([
    { name: 'a model file that is not there', env: { LLAMA_MODEL: 'gone.gguf' }, says: 'a file that is not there: gone.gguf' },
    {
      name: 'a model that is neither file nor repository',
      env: { LLAMA_MODEL: '--version' },
      says: 'neither a .gguf file nor a repository',
    },
    { name: 'escape codes in what it repeats', env: { LLAMA_MODEL: '\u001B[31mred' }, says: '"[31mred"' },
    { name: 'a context that is no number', env: { LLAMA_CTX_SIZE: '16k' }, says: 'LLAMA_CTX_SIZE has to be a whole number' },
    { name: 'a port out of range', env: { LLAMA_PORT: '65536' }, says: 'LLAMA_PORT has to be a whole number from 1 to 65535' },
    { name: 'a host that would be a flag', env: { LLAMA_HOST: '-x' }, says: 'LLAMA_HOST has to be an address' },
    { name: 'no slots', options: ['--parallel', '0'], says: 'The number of slots' },
    { name: '--parallel without its number', options: ['--parallel'], says: '--parallel needs a number' },
    { name: 'an option that it does not know', options: ['--detached'], says: 'There is no option "--detached"' },
    { name: 'LLAMA_SERVER_BIN that is no program', env: { LLAMA_SERVER_BIN: '/gone/llama-server' }, says: 'names /gone/llama-server' },
  ])('$name', async ({ env, options = [], says }) => {
    const project = new ScriptProject();
    project.installServer();
    const { code, stdout, stderr } = await project.run(['--dry-run', ...options], env);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('\u001B');
  });
});

describe('a server in the background', () => {
  test('is waited for, is told of at a second start, and is stopped', async () => {
    const project = new ScriptProject();
    project.installServer();
    const env = { LLAMA_PORT: await freePort(), LLAMA_MODEL: 'owner/name', FAKE_LOADING: project.write('loading', '') };
    const first = project.start(['--detach'], env);
    await first.says('Waiting for the model to be loaded, the first time also downloaded');
    rmSync(env.FAKE_LOADING);
    const { code, stderr } = await first.result;
    expect(code).toBe(0);
    expect(stderr).toContain(`ready at http://127.0.0.1:${env.LLAMA_PORT}/v1`);
    expect(stderr).toMatch(/Stop it: LLAMA_PORT=\d+ .*--stop/);
    const health = () => fetch(`http://127.0.0.1:${env.LLAMA_PORT}/health`).then(({ status }) => status);
    expect(await health()).toBe(200);
    expect(statSync(join(project.cache, 'slots')).mode & 0o777).toBe(0o700);
    expect(statSync(join(project.cache, `llama-server-${env.LLAMA_PORT}.log`)).mode & 0o777).toBe(0o600);

    const second = await project.run(['--detach'], env);
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining('already running at http://127.0.0.1')]);

    const stop = await project.run(['--stop'], env);
    expect([stop.code, stop.stderr]).toEqual([0, expect.stringContaining('Stopped the llama-server on port')]);
    await expect(health()).rejects.toThrow('fetch failed');
    const again = await project.run(['--stop'], env);
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('No llama-server that this script started is running')]);
  });

  test('that is gone leaves a number behind that stops nobody else', async () => {
    const project = new ScriptProject();
    const port = await freePort();
    project.write(`home of mine/.cache/multiagent/llama-server-${port}.pid`, `${process.pid}\n/not/this/llama-server\n`);
    const { code, stderr } = await project.run(['--stop'], { LLAMA_PORT: port });
    expect([code, stderr]).toEqual([0, expect.stringContaining('No llama-server that this script started is running')]);
  });
});

describe('a server in the foreground', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('ends with the script at %s', async (signal) => {
    const project = new ScriptProject();
    project.installServer();
    const port = await freePort();
    const script = project.start([], { LLAMA_PORT: port, LLAMA_MODEL: 'owner/name' });
    await script.says('Stop it: Ctrl-C');
    script.process.kill(signal);
    expect((await script.result).code).toBe(130);
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow('fetch failed');
    expect(project.has(`home of mine/.cache/multiagent/llama-server-${port}.pid`)).toBe(false);
  });

  test('can be stopped from elsewhere', async () => {
    const project = new ScriptProject();
    project.installServer();
    const env = { LLAMA_PORT: await freePort(), LLAMA_MODEL: 'owner/name' };
    const script = project.start([], env);
    await script.says('Stop it: Ctrl-C');
    expect((await project.run(['--stop'], env)).code).toBe(0);
    expect(await script.result).toMatchObject({ code: 0, stderr: expect.stringContaining('Stopped by --stop.') });
  });

  test('that dies while it loads is noticed, with its last lines made harmless', async () => {
    const project = new ScriptProject();
    project.installServer();
    const { code, stderr } = await project.run([], { LLAMA_PORT: await freePort(), LLAMA_MODEL: 'owner/name', FAKE_LIFE: 'dies' });
    expect(code).toBe(1);
    expect(stderr).toContain('ended with code 3 before it was ready');
    expect(stderr).toContain('error loading model: [31mbroken');
    expect(stderr).not.toContain('\u001B');
  });
});

describe('a server that dies by a signal', () => {
  const start = async (project: ScriptProject, signal: string, environment: Record<string, string> = {}) =>
    project.run([], { LLAMA_PORT: await freePort(), LLAMA_MODEL: 'owner/name', FAKE_LIFE: 'loads', FAKE_DEATH: signal, ...environment });

  test.each([
    [
      'SIGILL',
      /died by SIGILL \(illegal instruction\) before it was ready[^]*virtual machine[^]*Update \S.*tools\/llama-server, or .*--build/,
    ],
    ['SIGSEGV', /died by SIGSEGV \(segmentation fault\) before it was ready[^]*virtual machine/],
    ['SIGKILL', /died by SIGKILL before it was ready[^]*want of memory/],
    ['SIGTERM', /died by SIGTERM before it was ready[^]*outside/],
  ])('is said to have died so, with what to do: %s', async (signal, says) => {
    const project = new ScriptProject();
    project.installServer();
    const { code, stderr } = await start(project, signal);
    expect([code, stderr]).toEqual([1, expect.stringMatching(says)]);
  });

  test('and was compiled here can be compiled again', async () => {
    const project = new ScriptProject();
    const source = 'home of mine/.cache/multiagent/llama.cpp-9.9.9';
    project.installServer(`${source}/build/bin/llama-server`);
    await project.run(['--only-prove']);
    const { code, stderr } = await start(project, 'SIGILL');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/died by SIGILL[^]*compiled again without them: .*--rebuild/)]);
  });

  test('while it serves is told of, too', async () => {
    const project = new ScriptProject();
    project.installServer();
    const port = await freePort();
    const script = project.start([], { LLAMA_PORT: port, LLAMA_MODEL: 'owner/name', FAKE_DEATH: 'SIGSEGV' });
    await script.says('Stop it: Ctrl-C');
    await fetch(`http://127.0.0.1:${port}/completion`, { method: 'POST', body: '{}' }).catch(() => undefined);
    expect(await script.result).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/died by SIGSEGV \(segmentation fault\)\. The end of/),
    });
  });
});

describe('a port that is taken is told before anything starts', () => {
  test('by a model server', async () => {
    const server = createServer((_request, response) => response.end('{"status":"ok"}')).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { code, stderr } = await startOn((server.address() as AddressInfo).port);
    expect([code, stderr]).toEqual([1, expect.stringContaining('taken by a model server that this script did not start')]);
    expect(stderr).not.toContain('Starting');
  });

  test('by something else', async () => {
    const server = createSocketServer((socket) => void socket.on('error', () => undefined).end('220 hello\r\n')).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { code, stderr } = await startOn((server.address() as AddressInfo).port);
    expect([code, stderr]).toEqual([1, expect.stringContaining('taken by another program')]);
  });

  function startOn(port: number): Promise<ScriptResult> {
    const project = new ScriptProject();
    project.installServer();
    return project.run([], { LLAMA_PORT: String(port), LLAMA_MODEL: 'owner/name' });
  }
});

describe('the command line for programs', () => {
  const words = async (project: ScriptProject, options: string[] = []) =>
    (await project.run(['--print0', ...options], { LLAMA_MODEL: 'owner/name' })).stdout.split('\0');

  test('is the one that is run, word by word', async () => {
    const project = new ScriptProject();
    const program = project.installServer();
    const given = await words(project, ['--', '--flag', 'with a space']);
    expect(given.slice(0, 3)).toEqual([program, '-hf', 'owner/name']);
    expect(given.slice(-3)).toEqual(['--flag', 'with a space', '']);
  });

  test('is told also where there is no llama-server', async () => {
    expect((await words(new ScriptProject()))[0]).toBe('llama-server');
  });
});

describe('the script itself', () => {
  test('explains itself', async () => {
    const { code, stdout } = await new ScriptProject().run(['--help']);
    expect(code).toBe(0);
    for (const option of ['--detach', '--stop', '--parallel', '--build', '--only-build', '--dry-run', 'LLAMA_MODEL', devstral]) {
      expect(stdout).toContain(option);
    }
  });

  const shellcheck = findOnPath('shellcheck');
  test.skipIf(shellcheck === undefined)('has nothing that shellcheck warns of', () => {
    const { script } = new ScriptProject();
    const both = [script, join(script, '..', 'build-llama-server.sh')];
    expect(() => execFileSync(shellcheck ?? '', ['-x', ...both], { encoding: 'utf8' })).not.toThrow();
  });
});
