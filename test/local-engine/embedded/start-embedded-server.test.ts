import { spawn } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startEmbeddedServer } from '../../../src/local-engine/embedded/start-embedded-server.ts';
import { ChatClient, firstStep } from './chat-client.ts';
import { patience } from '../../support/patience.ts';

const starter = fileURLToPath(new URL('../../../src/local-engine/embedded/start-embedded-server.ts', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function modelFile(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Nobody listens there any more. */
const connectionFailure = (address: string) =>
  fetch(new URL('/health', address)).then(
    () => 'answered',
    (error: Error) => error.message,
  );

describe('starting an embedded server', () => {
  it('gives an address that answers, with the tiny model by default, and tells what it decided', async () => {
    const lines: string[] = [];
    const server = await startEmbeddedServer({ onLog: (line) => lines.push(line) });
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    expect(basename(server.modelFile)).toBe('tiny-team.gguf');
    expect((await new ChatClient(server.address).chat({ messages: firstStep })).usage.completion_tokens).toBe(20);
    expect(lines.join('\n')).toMatch(/1 slot\(s\) with 8192 tokens each.*1 thread/);
    await server.stop();
    await server.stop();
    expect(await server.exited).toEqual({ code: 0, signal: null });
    expect(await connectionFailure(server.address)).toBe('fetch failed');
  });

  it.each([
    { name: 'there is no such file', content: undefined, code: 'embedded.model_missing' },
    { name: 'the file is a web page', content: '<!doctype html>', code: 'embedded.not_gguf' },
    { name: 'the file is empty', content: '', code: 'embedded.not_gguf' },
    {
      name: 'the file is only the beginning of a model',
      content: 'GGUF\u0003\u0000\u0000\u0000',
      options: {},
      code: 'embedded.load_failed',
    },
  ])('fails with what to do when $name', async ({ name, content, code }) => {
    const path = content === undefined ? join(folder, 'missing.gguf') : await modelFile(`${name}.gguf`, content);
    await expect(startEmbeddedServer({ modelFile: path })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(basename(path)),
      hint: expect.any(String),
    });
  });

  it('fails with what to do when the context does not fit into memory', async () => {
    await expect(startEmbeddedServer({ contextTokens: 500_000_000 })).rejects.toMatchObject({
      code: 'embedded.out_of_memory',
      message: expect.stringMatching(/^1 x 500000000 tokens of context need \d+ MB/),
      hint: expect.stringContaining('smaller context'),
    });
  });

  it('fails with the reason when an option is no number', async () => {
    await expect(startEmbeddedServer({ threads: 0.5 })).rejects.toThrow(/--threads must be a whole number/);
  });

  it('ends with the reason of the signal when it is aborted', async () => {
    await expect(startEmbeddedServer({ signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow('early');
    const controller = new AbortController();
    const starting = startEmbeddedServer({ signal: controller.signal });
    controller.abort(new Error('changed my mind'));
    await expect(starting).rejects.toThrow('changed my mind');
  });

  it('is over when it is ready: aborted later, the signal does nothing to the server', async () => {
    const controller = new AbortController();
    const server = await startEmbeddedServer({ signal: controller.signal });
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    controller.abort();
    expect((await fetch(new URL('/health', server.address))).ok).toBe(true);
    await server.stop();
  });

  it('never leaves a process behind, not even when the parent is killed', async () => {
    const script = `
      const { startEmbeddedServer } = await import(${JSON.stringify(pathToFileURL(starter).href)});
      console.log((await startEmbeddedServer()).address);
    `;
    const parent = spawn(execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [address] = await Array.fromAsync(createInterface({ input: parent.stdout }), (line) => {
      parent.kill('SIGKILL');
      return line;
    });
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:/);
    await vi.waitFor(async () => expect(await connectionFailure(address ?? '')).toBe('fetch failed'), { timeout: patience });
  });
});
