import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { freePort } from '../scripts/script-project.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { eventually } from './eventually.ts';

interface Status {
  state: string;
  process: number;
  context_tokens: number;
  slots: number;
  memory_bytes: number;
  restarts: number;
}

async function project() {
  const directory = temporaryFolder();
  const environment = { LLAMA_SERVER_BIN: inject('llamaProgram'), LLAMA_PORT: await freePort() };
  const command = (...args: string[]) => runCommand(args, { directory, environment });
  onTestFinished(async () => {
    await command('model', 'stop', '--all');
  });
  const status = async () => (JSON.parse((await command('model', 'status', '--json')).output) as { servers: [Status] }).servers[0];
  return { directory, address: `http://127.0.0.1:${environment.LLAMA_PORT}/v1`, command, status };
}

describe('multiagent model with a real llama-server', () => {
  it('starts the tiny model, plays a workflow on it, brings it back when it is killed, and stops it', async () => {
    const { address, command, status } = await project();
    expect(await command('model', 'start', 'tiny')).toMatchObject({ code: 0, output: expect.stringContaining(`ready at ${address}`) });
    const first = await status();
    expect(first).toMatchObject({ state: 'ready', context_tokens: 8192, slots: 1, restarts: 0 });
    expect(first.memory_bytes).toBeGreaterThan(6_000_000);

    const run = await command('run', 'analysis', '--requirement', 'A todo list for the command line', '--base-url', address, '--quiet');
    expect(run.output).toContain('4 of 4 tasks');

    process.kill(first.process, 'SIGKILL');
    await eventually(async () => {
      const second = await status();
      expect(second).toMatchObject({ state: 'ready', restarts: 1 });
      expect(second.process).not.toBe(first.process);
    });
    expect((await command('model', 'logs')).output).toMatch(/model loaded[^]*was ended by SIGKILL[^]*model loaded/);

    expect(await command('model', 'stop')).toMatchObject({ code: 0 });
    await expect(fetch(new URL('/health', address))).rejects.toThrow('fetch failed');
  });

  it('takes every flag that is recommended for this machine, and doctor finds nothing to mend', async () => {
    const { address, command } = await project();
    expect(await command('model', 'start', 'tiny')).toMatchObject({ code: 0 });
    const { code, output } = await command('doctor', '--base-url', address, '--json');
    const { findings } = JSON.parse(output) as { findings: { check: string; state: string }[] };
    expect(code).toBe(0);
    expect(findings.filter(({ state }) => state !== 'ok').map(({ check }) => check)).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(['memory', 'template', 'drafts']));
  });

  it('is told by doctor that a model brings no chat template', async () => {
    const { directory, address, command } = await project();
    const model = readFileSync(join(import.meta.dirname, '../../models/tiny-team.gguf'));
    const key = model.indexOf('tokenizer.chat_template');
    model.write('tokenizer.no_templates_', key, 'latin1');
    writeFileSync(join(directory, 'bare.gguf'), model);
    expect(await command('model', 'start', 'bare.gguf')).toMatchObject({ code: 0 });
    expect((await command('doctor', '--base-url', address)).output).toMatch(/^WARNING +template .*ChatML.*\n +Use a model/m);
  });

  it('shows why a model cannot be loaded', async () => {
    const { directory, command } = await project();
    const model = readFileSync(join(import.meta.dirname, '../../models/tiny-team.gguf'));
    writeFileSync(join(directory, 'half.gguf'), model.subarray(0, 2_000_000));
    expect(await command('model', 'start', 'half.gguf')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('ends after 2000000 bytes'),
    });
    model.write('blk.1.ffn_none.weight', model.indexOf('blk.1.ffn_gate.weight'), 'latin1');
    writeFileSync(join(directory, 'odd.gguf'), model);
    expect(await command('model', 'start', 'odd.gguf')).toMatchObject({
      code: 3,
      // Its own last words follow, except where llama-server ends before it has written them out.
      errors: expect.stringMatching(/ended with code 1 before it was ready\. The end of \S+\.log:\n/),
    });
  });
});
