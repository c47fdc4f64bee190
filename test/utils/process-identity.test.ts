import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { isRunning, markProcess, signalProcess } from '../../src/utils/process-identity.ts';

describe('the mark of a process', () => {
  it('is that of one process for as long as it runs', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const mark = markProcess(child.pid ?? 0);
    if (mark === undefined) throw new Error('It runs.');
    expect([isRunning(mark), markProcess(mark.pid)]).toEqual([true, mark]);
    signalProcess(mark, 'SIGKILL');
    await once(child, 'exit');
    expect([isRunning(mark), markProcess(mark.pid)]).toEqual([false, undefined]);
  });

  it('does not stand for another process with its number, which no signal reaches', () => {
    const mark = { pid: process.pid, began: 'another time' };
    expect(isRunning(mark)).toBe(false);
    signalProcess(mark, 'SIGKILL');
  });
});
