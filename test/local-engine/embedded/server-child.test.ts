import { spawn } from 'node:child_process';
import { execPath } from 'node:process';
import { describe, expect, it } from 'vitest';
import { ServerChild } from '../../../src/local-engine/embedded/server-child.ts';

function start(script: string): { child: ServerChild; lines: string[] } {
  const lines: string[] = [];
  const process = spawn(execPath, ['--eval', script], { stdio: ['pipe', 'pipe', 'pipe'] });
  return { child: new ServerChild({ process, onLog: (line) => lines.push(line), stopPatience: 1 }), lines };
}

describe('the process of an embedded server', () => {
  it('is described by its last words when it dies, without codes for the terminal', async () => {
    const { child, lines } = start(String.raw`console.error('one\n\x1b[31mtwo\x1b[0m \x07bell'); process.exitCode = 3`);
    await expect(child.died).rejects.toMatchObject({
      code: 'embedded.died',
      message: 'The embedded server ended with code 3 before it was ready. It printed last:\none\ntwo bell',
    });
    expect(lines).toEqual(['one', 'two bell']);
    expect(await child.exited).toEqual({ code: 3, signal: null });
  });

  it('is taken to have run out of memory when something killed it', async () => {
    const { child } = start("process.kill(process.pid, 'SIGKILL')");
    await expect(child.died).rejects.toMatchObject({ code: 'embedded.out_of_memory', message: expect.stringContaining('SIGKILL') });
  });

  it.each([
    ['SIGILL', 'SIGILL (illegal instruction)'],
    ['SIGSEGV', 'SIGSEGV (segmentation fault)'],
  ])('that %s ends is said to have died so, with what to do', async (signal, words) => {
    const { child } = start(`process.kill(process.pid, '${signal}'); setInterval(() => undefined, 1e6)`);
    await expect(child.died).rejects.toMatchObject({
      code: 'embedded.died',
      message: expect.stringContaining(`The embedded server was ended by ${words} before it was ready.`),
      hint: expect.stringMatching(/virtual machine.*Update node-llama-cpp.*model start --build/),
    });
  });

  it('tells by which signal it was ended while it served, and what to do', async () => {
    const { child } = start("console.log(JSON.stringify({ address: 'here' })); setTimeout(() => process.kill(process.pid, 'SIGILL'), 1)");
    const told: string[] = [];
    child.watchDeath((sentence) => told.push(sentence));
    expect(await child.exited).toEqual({ code: null, signal: 'SIGILL' });
    expect(told).toEqual([
      expect.stringMatching(/^The embedded server was ended by SIGILL \(illegal instruction\)\. .*Update node-llama-cpp/),
    ]);
  });

  it('that is stopped tells nothing of a death', async () => {
    const { child } = start("console.log(JSON.stringify({ address: 'here' })); setInterval(() => undefined, 1e6)");
    const told: string[] = [];
    child.watchDeath((sentence) => told.push(sentence));
    await child.announced;
    await child.stop();
    expect([(await child.exited).signal, told]).toEqual(['SIGKILL', []]);
  });

  it('may give its own reason', async () => {
    const error = { category: 'model', code: 'embedded.load_failed', message: 'no', hint: 'mend it' };
    const { child } = start(`console.log('noise'); console.log(${JSON.stringify(JSON.stringify({ error }))}); process.exitCode = 1`);
    await expect(child.died).rejects.toMatchObject(error);
  });

  it('is killed when it does not end by itself', async () => {
    const { child } = start("console.log(JSON.stringify({ address: 'here' })); setInterval(() => undefined, 1e6)");
    expect(await child.announced).toBe('here');
    await child.stop();
    expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('that cannot be started says why', async () => {
    const process = spawn('/nonexistent/node', [], { stdio: ['pipe', 'pipe', 'pipe'] });
    await expect(new ServerChild({ process }).died).rejects.toMatchObject({ message: expect.stringContaining('ENOENT') });
  });
});
