import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { modelPull } from '../../src/cli/commands/model-pull.ts';
import { modelStart } from '../../src/cli/commands/model-start.ts';
import { modelBytes, startModelHub } from '../local-engine/download/model-hub.ts';
import { ggufBytes } from '../local-engine/machine/gguf-file.ts';
import { until } from '../local-engine/managed/managed-project.ts';
import { freePort } from '../scripts/script-project.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { patience } from '../support/patience.ts';

const fake = join(import.meta.dirname, '../local-engine/managed/fake-llama.ts');
const repository = 'Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF';

/** A home with a stand-in for llama-server. Servers that were started go with the test. */
async function project() {
  const directory = temporaryFolder();
  const program = join(directory, 'llama-server');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${fake}" "${directory}" "$@"\n`, { mode: 0o755 });
  const port = await freePort();
  const environment = { LLAMA_SERVER_BIN: program, LLAMA_PORT: port };
  const model = (...args: string[]) => runCommand(['model', ...args], { directory, environment });
  onTestFinished(async () => {
    await model('stop', '--all');
  });
  const place = (file: string, content: Uint8Array) => {
    const path = join(directory, '.cache/multiagent/models', repository, file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  return { directory, program, port, environment, model, place };
}

describe('multiagent model start', () => {
  it('starts the tiny model with the flags that suit it, and says what to do next', async () => {
    const { model, port } = await project();
    const { code, output, errors } = await model('start', 'tiny', '--', '--metrics');
    expect([code, errors]).toEqual([0, expect.stringContaining('8192 tokens of context')]);
    expect(output).toContain(`llama-server is ready at http://127.0.0.1:${port}/v1.`);
    expect(output).toContain(`--base-url http://127.0.0.1:${port}/v1`);
    const given = (await model('logs')).output;
    for (const flags of [
      '"-c","8192"',
      '"-np","1"',
      '"-t","1"',
      '"--jinja"',
      '"--slot-save-path"',
      '"--spec-type","ngram-mod"',
      '"--metrics"',
    ])
      expect(given).toContain(flags);
  });

  it('tells that the server runs already, and does not take another model for it', async () => {
    const { model } = await project();
    await model('start', 'tiny');
    expect(await model('start', 'tiny')).toMatchObject({ code: 0, output: expect.stringContaining('already running') });
    expect(await model('start', 'qwen2.5-coder-7b')).toMatchObject({ code: 3, errors: expect.stringContaining('model stop') });
  });

  it('takes the model that is here where none is named', async () => {
    const { model, place } = await project();
    const file = place('a-q4_k_m.gguf', ggufBytes({ 'general.architecture': 'llama', 'llama.context_length': 2048 }));
    const { code, output } = await model('start', '--dry-run');
    expect(code).toBe(0);
    expect(output).toContain(`-m ${file} -c 2048`);
  });

  it('takes no model file from elsewhere that .env names', async () => {
    const { directory, model } = await project();
    writeFileSync(join(directory, '.env'), 'LLAMA_MODEL=../elsewhere.gguf\n');
    expect(await model('start', '--dry-run')).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/LLAMA_MODEL[^]*multiagent model start/) as string,
    });
  });

  it('obeys the command line, then the environment, then .env', async () => {
    const { directory, model } = await project();
    writeFileSync(join(directory, '.env'), 'LLAMA_CTX_SIZE=1111\nLLAMA_THREADS=3\nLLAMA_PORT=2222\n');
    const { output } = await model('start', 'tiny', '--dry-run', '--context', '4444', '--parallel', '2');
    for (const flags of ['-c 4444', '-np 2', '-t 3']) expect(output).toContain(flags);
    expect(output).not.toContain('2222');
  });

  it.each<[string, string[], number, string]>([
    ['a model that is not here', ['qwen2.5-coder-7b'], 2, 'multiagent model pull qwen2.5-coder-7b'],
    ['no model at all', [], 2, 'multiagent model pull'],
    ['a file that is not there', ['nothing.gguf'], 2, 'There is no model file'],
    ['a word that is nothing', ['nothing'], 2, 'does not name a model'],
    ['a context that is no number', ['tiny', '--context', 'much'], 2, '--context must be a whole number'],
    ['a port that is none', ['tiny', '--port', '70000'], 2, '--port must be a whole number'],
  ])('refuses %s before anything starts', async (_, args, code, message) => {
    const { directory, model } = await project();
    const outcome = await model('start', ...args);
    expect([outcome.code, outcome.errors]).toEqual([code, expect.stringContaining(message)]);
    expect(existsSync(join(directory, 'starts'))).toBe(false);
  });

  it('refuses a file that is no model', async () => {
    const { directory, model } = await project();
    writeFileSync(join(directory, 'page.gguf'), '<!doctype html>');
    expect(await model('start', 'page.gguf')).toMatchObject({ code: 2, errors: expect.stringContaining('GGUF') });
  });

  it('says how to get a llama-server where there is none', async () => {
    const { directory } = await project();
    const environment = { PATH: `${temporaryFolder()}:/usr/bin:/bin`, LLAMA_PORT: await freePort() };
    const outcome = await runCommand(['model', 'start', 'tiny'], { directory, environment });
    expect(outcome).toMatchObject({ code: 3, errors: expect.stringMatching(/No llama-server was found[^]*--build/) });
    for (const [name, value] of Object.entries({
      ...environment,
      HOME: directory,
      XDG_CACHE_HOME: '',
      XDG_STATE_HOME: '',
      LLAMA_SERVER_BIN: '',
    }))
      vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(modelStart({ name: 'tiny', flags: [] })).rejects.toMatchObject({ code: 'server.no_program', category: 'model' });
  });

  it('does not take the port of a model server that it did not start', async () => {
    const { model } = await project();
    const server = await startFakeLlamaServer({});
    onTestFinished(() => server.close());
    const { port } = new URL(server.address);
    expect(await model('start', 'tiny', '--port', port)).toMatchObject({
      code: 3,
      errors: expect.stringContaining('a model server that was not started here'),
    });
  });

  it('shows the end of the log where the server dies while it loads', async () => {
    const { directory, model } = await project();
    writeFileSync(join(directory, 'dies'), '');
    const { code, errors } = await model('start', 'tiny');
    expect([code, errors]).toEqual([3, expect.stringMatching(/ended with code 3[^]*error loading model: broken/)]);
    expect((await model('status')).code).toBe(3);
  });
});

describe('a llama-server that does not run on this machine', () => {
  it('is told of before anything starts where it dies when it is asked what it can do', async () => {
    const { directory, program, model } = await project();
    writeFileSync(join(directory, 'cannot-run'), '');
    const { code, errors } = await model('start', 'tiny');
    expect([code, errors]).toEqual([
      3,
      expect.stringContaining(`${program} was ended by SIGILL (illegal instruction) as soon as it was started.`),
    ]);
    expect(errors).toContain(`Update ${program}`);
    expect(existsSync(join(directory, 'starts'))).toBe(false);
  });

  it('is told of with its signal where it dies while it loads', async () => {
    const { directory, model } = await project();
    writeFileSync(join(directory, 'dies'), 'SIGSEGV');
    const { code, errors } = await model('start', 'tiny');
    expect([code, errors]).toEqual([
      3,
      expect.stringMatching(/was ended by SIGSEGV \(segmentation fault\) before it was ready[^]*virtual machine/),
    ]);
  });

  it('is tried out before its first start where it was compiled here, and not used where it dies of that', async () => {
    const { directory, environment } = await project();
    const build = join(directory, '.cache/multiagent/llama.cpp-1.0.0/build/bin');
    mkdirSync(build, { recursive: true });
    // A program that knows only how to die once it is asked to serve.
    writeFileSync(join(build, 'llama-server'), '#!/bin/sh\ncase $1 in -m) kill -ILL $$ ;; esac\n', { mode: 0o755 });
    const outcome = await runCommand(['model', 'start', 'tiny'], {
      directory,
      environment: { ...environment, LLAMA_SERVER_BIN: join(build, 'llama-server') },
    });
    expect(outcome).toMatchObject({ code: 3, errors: expect.stringMatching(/compiled earlier and dies by SIGILL[^]*--build/) });
    expect(outcome.errors).not.toContain('Starting');
  });

  it('and died while it served is told of by status, with what to do', async () => {
    const { model } = await project();
    await model('start', 'tiny');
    const status = async () =>
      (JSON.parse((await model('status', '--json')).output) as { servers: { process: number; restarts: number; hint: string | null }[] })
        .servers[0];
    process.kill((await status())?.process ?? 0, 'SIGSEGV');
    await vi.waitFor(
      async () => expect(await status()).toMatchObject({ restarts: 1, hint: expect.stringContaining('virtual machine') }),
      patience,
    );
    expect((await model('status')).output).toMatch(/the last one was ended by SIGSEGV \(segmentation fault\)\n +Most often/);
  });
});

describe('multiagent model status, logs and stop', () => {
  it('tell how the server is, what it said, and end it', async () => {
    const { model, port } = await project();
    await model('start', 'tiny');
    const { servers } = JSON.parse((await model('status', '--json')).output) as { servers: Record<string, unknown>[] };
    expect(servers).toEqual([
      {
        address: `http://127.0.0.1:${port}/v1`,
        state: 'ready',
        model: 'tiny',
        process: expect.any(Number),
        context_tokens: null,
        slots: null,
        memory_bytes: expect.any(Number),
        uptime_seconds: expect.any(Number),
        restarts: 0,
        last_end: null,
        hint: null,
        log: expect.stringContaining(`${port}.log`),
      },
    ]);
    const text = await model('status');
    expect(text).toMatchObject({ code: 0, output: expect.stringMatching(/ready\n {2}model +tiny\n[^]*restarts +0\n/) });
    expect((await model('logs', '-n', '1')).output.trim().split('\n')).toHaveLength(1);
    expect(await model('stop')).toMatchObject({ code: 0, output: expect.stringContaining('Stopped the llama-server') });
    expect(await model('status')).toMatchObject({ code: 3, output: expect.stringContaining('model start') });
    expect(await model('stop')).toMatchObject({ code: 0, output: expect.stringContaining('No llama-server') });
    expect((await model('logs', '--port', port)).output).toContain('multiagent: stopped');
  });

  it('count how often the server was started again', async () => {
    const { directory, model, port } = await project();
    await model('start', 'tiny');
    const record = () =>
      JSON.parse(readFileSync(join(directory, `.cache/multiagent/servers/${port}.json`), 'utf8')) as {
        server?: { pid: number };
        state: string;
      };
    const first = record().server?.pid ?? 0;
    process.kill(first, 'SIGKILL');
    await until(() => record().state === 'ready' && record().server?.pid !== first);
    expect((await model('status')).output).toContain('restarts  1; the last one was ended by SIGKILL');
  });

  it('ask which one is meant where several run', async () => {
    const { model } = await project();
    const other = await freePort();
    await model('start', 'tiny');
    await model('start', 'tiny', '--port', other);
    expect(await model('stop')).toMatchObject({ code: 2, errors: expect.stringContaining('--port') });
    expect(await model('stop', '--port', other)).toMatchObject({ code: 0, output: expect.stringContaining(other) });
    expect(await model('stop')).toMatchObject({ code: 0, output: expect.stringContaining('Stopped') });
  });

  it('follow the log until they are interrupted', async () => {
    const { directory, environment, model, port } = await project();
    await model('start', 'tiny');
    let stopped = false;
    const following = runCommand(['model', 'logs', '--follow', '-n', '1'], {
      directory,
      environment,
      onOutput: (output, child) => {
        if (output.includes('from elsewhere')) child.kill('SIGINT');
        else if (!stopped) {
          stopped = true;
          writeFileSync(join(directory, `.cache/multiagent/servers/${port}.log`), 'a line \u001B[31mfrom elsewhere\n', { flag: 'a' });
        }
      },
    });
    expect(await following).toMatchObject({ code: 0, output: expect.stringContaining('a line from elsewhere\n') });
  });

  it.each([['logs'], ['logs', '-n', 'many'], ['stop', '--port', '0']])('refuse what cannot be: %j', async (...args) => {
    const { model } = await project();
    expect((await model(...args)).code).toBe(2);
  });
});

describe('multiagent model list', () => {
  it('says of each model what it takes and whether it fits, and marks at most one', async () => {
    const { model } = await project();
    const { code, output } = await model('list');
    expect(code).toBe(0);
    expect(output).toMatch(/^[* ] qwen2\.5-coder-0\.5b +500 MB +1\.3 GB/m);
    expect(output).toMatch(/Apache 2\.0$/m);
    expect(output.match(/^\* /gm)?.length ?? 0).toBeLessThanOrEqual(1);
  });

  it('tells programs the same, what is here, and what is served', async () => {
    const { model, place } = await project();
    const file = place('a-q4_k_m.gguf', modelBytes(10));
    await model('start', 'tiny');
    const listed = JSON.parse((await model('list', '--json')).output) as { models: { name: string }[]; served: unknown[] };
    expect(listed.models.find(({ name }) => name === 'qwen2.5-coder-0.5b')).toMatchObject({
      repository,
      quantisation: 'Q4_K_M',
      license: 'Apache 2.0',
      thinking: false,
      file,
      fits: expect.stringMatching(/^(now|alone|no)$/),
    });
    expect(listed).toMatchObject({ machine: { memory_bytes: expect.any(Number), gpus: [] }, served: expect.any(Array) });
  });
});

describe('multiagent model pull', () => {
  const content = modelBytes(50_000);

  async function hubProject() {
    const base = await project();
    const hub = await startModelHub({ files: [{ path: 'model-Q4_K_M.gguf', content }] });
    const environment = { HF_ENDPOINT: hub.endpoint };
    const pull = (...args: string[]) => runCommand(['model', 'pull', ...args], { directory: base.directory, environment });
    const file = join(base.directory, '.cache/multiagent/models/owner/name-GGUF/model-Q4_K_M.gguf');
    return { ...base, hub, pull, file };
  }

  it('says what it would download, and downloads nothing without being told to', async () => {
    const { hub, pull, file } = await hubProject();
    const { code, output, errors } = await pull('owner/name-GGUF:Q4_K_M');
    expect([code, errors]).toEqual([2, expect.stringContaining('--yes')]);
    for (const part of [
      `${hub.endpoint}/owner/name-GGUF`,
      '50000 bytes',
      'model-Q4_K_M.gguf',
      'SHA-256',
      file.replace('/model-Q4_K_M.gguf', ''),
    ])
      expect(output).toContain(part);
    expect(hub.ranges).toEqual([]);
  });

  it('downloads nothing that does not fit on the disk', async () => {
    const { directory } = await hubProject();
    const hub = await startModelHub({ files: [{ path: 'model-Q4_K_M.gguf', content, announced: { size: 2 ** 52 } }] });
    vi.stubEnv('HF_ENDPOINT', hub.endpoint);
    vi.stubEnv('HOME', directory);
    vi.stubEnv('XDG_CACHE_HOME', join(directory, '.cache'));
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(modelPull('owner/name-GGUF:Q4_K_M', { yes: true })).rejects.toMatchObject({
      code: 'download.disk_full',
      message: expect.stringContaining(`do not fit on the disk of ${join(directory, '.cache')}`) as string,
      hint: expect.stringContaining('XDG_CACHE_HOME') as string,
    });
    expect(hub.ranges).toEqual([]);
  });

  it('downloads with --yes, once, and "model start" finds the file', async () => {
    const { hub, model, pull, file } = await hubProject();
    expect(await pull('owner/name-GGUF:Q4_K_M', '--yes')).toMatchObject({
      code: 0,
      output: expect.stringContaining('multiagent model start owner/name-GGUF:Q4_K_M'),
    });
    expect(readFileSync(file).equals(content)).toBe(true);
    expect(await pull('owner/name-GGUF:Q4_K_M', '--yes')).toMatchObject({ code: 0, output: expect.stringContaining('already here') });
    expect(hub.ranges).toHaveLength(1);
    writeFileSync(file, ggufBytes({ 'general.architecture': 'llama', 'llama.context_length': 2048 }));
    expect((await model('start', 'owner/name-GGUF:Q4_K_M', '--dry-run')).output).toContain(`-m ${file}`);
  });

  it('does not let the project decide where models come from', async () => {
    const { hub, directory, file } = await hubProject();
    writeFileSync(join(directory, '.env'), `HF_ENDPOINT=${hub.endpoint}\n`);
    const outcome = await runCommand(['model', 'pull', 'owner/name-GGUF:Q4_K_M', '--yes'], { directory });
    expect(outcome).toMatchObject({ code: 2, output: '', errors: expect.stringMatching(/HF_ENDPOINT[^]*in your shell/) as string });
    expect([hub.ranges, existsSync(file)]).toEqual([[], false]);
  });

  it('downloads from an address, and holds it to the checksum that was given', async () => {
    const { hub, pull } = await hubProject();
    const address = `${hub.endpoint}/held/model-Q4_K_M.gguf`;
    expect(await pull(address, '--yes', '--sha256', 'a'.repeat(64))).toMatchObject({
      code: 1,
      errors: expect.stringContaining('checksum'),
    });
    expect(await pull(address, '--yes')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/no checksum is known[^]*Start it: multiagent model start \//),
    });
  });

  it.each<[string, string[], string]>([
    ['the tiny model', ['tiny'], 'comes with this program'],
    ['an address that is not encrypted', ['http://example.org/a.gguf', '--yes'], 'not encrypted'],
    ['a checksum that is none', ['https://example.org/a.gguf', '--sha256', 'abc'], '64 hexadecimal digits'],
    ['a quantisation that there is not', ['owner/name-GGUF:Q2_K', '--yes'], 'There is no model file'],
  ])('refuses %s', async (_, args, message) => {
    const { pull } = await hubProject();
    expect(await pull(...args)).toMatchObject({ code: 2, errors: expect.stringContaining(message) });
  });
});
