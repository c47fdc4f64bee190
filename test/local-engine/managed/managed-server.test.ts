import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { managedState, readRecords, recordFile, type ServerRecord, writeRecord } from '../../../src/local-engine/managed/server-record.ts';
import { stopServer } from '../../../src/local-engine/managed/stop-server.ts';
import type { MultiagentError } from '../../../src/utils/multiagent-error.ts';
import { systemClock } from '../../../src/utils/clock.ts';
import { isRunning, markProcess } from '../../../src/utils/process-identity.ts';
import { ManagedProject, until } from './managed-project.ts';

const serverOf = (record: ServerRecord | undefined) => {
  if (record?.server === undefined) throw new Error('No server runs.');
  return record.server;
};

describe('a server in the background', () => {
  it('is ready when its start resolves, and runs beside this process', async () => {
    const project = await ManagedProject.create();
    const record = await project.start();
    expect(record).toMatchObject({ port: project.port, state: 'ready', model: 'a model', restarts: [] });
    expect((await fetch(`http://127.0.0.1:${project.port}/health`)).ok).toBe(true);
    expect(isRunning(record.supervisor)).toBe(true);
    expect(record.supervisor.pid).not.toBe(process.pid);
    expect(managedState(record)).toBe('ready');
    expect(readRecords(project.folder)).toHaveLength(1);
  });

  it('leaves record and log to its owner alone', async () => {
    const project = await ManagedProject.create();
    await project.start();
    expect(project.log).toContain('given ["--port"');
    for (const file of [recordFile(project.folder, project.port), join(project.folder, `${project.port}.log`)])
      expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('is started again when it dies', async () => {
    const project = await ManagedProject.create();
    const first = serverOf(await project.start());
    process.kill(first.pid, 'SIGKILL');
    await until(() => project.record?.state === 'ready' && project.record.server?.pid !== first.pid);
    expect(project.record).toMatchObject({ restarts: [expect.any(Number)], lastEnd: 'was ended by SIGKILL' });
    expect(project.starts).toBe(2);
    expect(project.log).toContain('the server was ended by SIGKILL');
  });

  it('is not started again for ever, and the record says how it ended', async () => {
    const project = await ManagedProject.create();
    const { supervisor, ...record } = await project.start();
    project.say('dies');
    process.kill(serverOf({ supervisor, ...record }).pid, 'SIGKILL');
    await until(() => !isRunning(supervisor));
    expect(project.record).toMatchObject({ state: 'failed', lastEnd: 'ended with code 3' });
    expect(project.starts).toBe(4);
  });

  it('that never becomes ready is not started again, and its last words are told without their colours', async () => {
    const project = await ManagedProject.create();
    project.say('dies');
    const starting = project.start();
    await expect(starting).rejects.toMatchObject({
      code: 'server.not_started',
      message: expect.stringMatching(/ended with code 3[^]*error loading model: broken/),
      hint: expect.stringContaining('--context'),
    });
    expect(project.starts).toBe(1);
    expect(project.record).toBeUndefined();
  });

  it.each<[string, string, RegExp, RegExp]>([
    ['SIGILL', 'SIGILL (illegal instruction)', /virtual machine/, /model start --build/],
    ['SIGSEGV', 'SIGSEGV (segmentation fault)', /virtual machine/, /model start --build/],
    ['SIGKILL', 'SIGKILL', /out of memory/, /smaller/],
  ])('that %s ends while it loads is said to have died so, with what to do', async (signal, words, why, what) => {
    const project = await ManagedProject.create();
    project.say('dies', signal);
    const error = await project.start().catch((thrown: unknown) => thrown as MultiagentError);
    expect(error).toMatchObject({
      code: 'server.not_started',
      message: expect.stringContaining(`was ended by ${words} before it was ready`),
    });
    expect((error as MultiagentError).hint).toMatch(why);
    expect((error as MultiagentError).hint).toMatch(what);
  });

  it('that a signal ends while it serves leaves in record and log by which, and in the log what to do', async () => {
    const project = await ManagedProject.create();
    const first = serverOf(await project.start());
    process.kill(first.pid, 'SIGSEGV');
    await until(() => project.record?.state === 'ready' && project.record.server?.pid !== first.pid);
    expect(project.record).toMatchObject({ lastEnd: 'was ended by SIGSEGV (segmentation fault)', lastSignal: 'SIGSEGV' });
    expect(project.log).toMatch(
      /the server was ended by SIGSEGV \(segmentation fault\)\nmultiagent: Most often .*virtual machine.*--build/,
    );
  });

  it('whose program cannot be started says so', async () => {
    const project = await ManagedProject.create();
    await expect(project.start({ program: join(project.folder, 'nothing') })).rejects.toMatchObject({
      code: 'server.not_started',
      message: expect.stringContaining('could not be started'),
    });
  });

  it('is not started twice on one port', async () => {
    const project = await ManagedProject.create();
    const first = await project.start();
    await expect(project.start()).rejects.toMatchObject({ code: 'server.already_running', hint: expect.stringContaining('model stop') });
    expect(isRunning(serverOf(first))).toBe(true);
    expect(project.starts).toBe(1);
  });

  it('has one owner where two begin at the same moment', async () => {
    const project = await ManagedProject.create();
    const results = await Promise.allSettled([project.start(), project.start()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(project.starts).toBe(1);
  });

  it('takes the place of one that is gone', async () => {
    const project = await ManagedProject.create();
    const first = await project.start();
    for (const { pid } of [first.supervisor, serverOf(first)]) process.kill(pid, 'SIGKILL');
    await until(() => !isRunning(first.supervisor) && !isRunning(serverOf(first)));
    expect(managedState(first)).toBe('gone');
    expect((await project.start()).state).toBe('ready');
  });

  it('tells of the log while it waits, and not what an earlier server has left there', async () => {
    const project = await ManagedProject.create();
    writeFileSync(join(project.folder, `${project.port}.log`), 'multiagent: stopped\n');
    const told: string[] = [];
    await project.start({ onWaiting: (line) => told.push(line) });
    expect(told[0]).toBe('');
    expect(told).not.toContain('multiagent: stopped');
  });

  it('is stopped again where its start is interrupted', async () => {
    const project = await ManagedProject.create();
    const stop = new AbortController();
    const starting = project.start({ signal: stop.signal, onWaiting: () => stop.abort(new Error('enough')) });
    await expect(starting).rejects.toThrow('enough');
    expect(project.record).toBeUndefined();
    await expect(fetch(`http://127.0.0.1:${project.port}/health`)).rejects.toThrow('fetch failed');
  });
});

describe('stopping a server', () => {
  const stop = (project: ManagedProject, record: ServerRecord, patienceMilliseconds?: number) =>
    stopServer({ folder: project.folder, record, clock: systemClock, patienceMilliseconds });

  it('ends it and what looks after it, and nothing is left but the log', async () => {
    const project = await ManagedProject.create();
    const record = await project.start();
    await stop(project, record);
    expect([isRunning(record.supervisor), isRunning(serverOf(record)), project.record]).toEqual([false, false, undefined]);
    expect(project.log).toContain('stopped');
  });

  it('insists where it does not listen', async () => {
    const project = await ManagedProject.create();
    project.say('deaf');
    const record = await project.start();
    await stop(project, record, 200);
    expect([isRunning(record.supervisor), isRunning(serverOf(record))]).toEqual([false, false]);
  });

  it('ends a server that nobody looks after any more', async () => {
    const project = await ManagedProject.create();
    const record = await project.start();
    process.kill(record.supervisor.pid, 'SIGKILL');
    await until(() => !isRunning(record.supervisor));
    expect(managedState(record)).toBe('unattended');
    await stop(project, record);
    expect(isRunning(serverOf(record))).toBe(false);
  });

  it('ends the younger server of a record that was read before a restart', async () => {
    const project = await ManagedProject.create();
    const old = await project.start();
    process.kill(serverOf(old).pid, 'SIGKILL');
    await until(() => project.record?.state === 'ready' && project.record.server?.pid !== serverOf(old).pid);
    const young = serverOf(project.record);
    await stop(project, old);
    expect(isRunning(young)).toBe(false);
  });

  it('never touches a process that got the number of one that is gone', async () => {
    const project = await ManagedProject.create();
    const record = await project.start();
    await stop(project, record);
    const own = markProcess(process.pid);
    if (own === undefined) throw new Error('This process runs.');
    const stale = { ...record, supervisor: { pid: own.pid, began: 'long ago' }, server: { pid: own.pid, began: 'long ago' } };
    writeRecord(project.folder, stale);
    expect(managedState(stale)).toBe('gone');
    await stop(project, stale);
    expect(isRunning(own)).toBe(true);
    expect(existsSync(recordFile(project.folder, project.port))).toBe(false);
  });
});

describe('records', () => {
  it.each(['', '{', '{"version":2}', 'null'])('that cannot be read are taken as none: %j', async (content) => {
    const project = await ManagedProject.create();
    writeFileSync(recordFile(project.folder, project.port), content);
    expect(readRecords(project.folder)).toEqual([]);
    expect((await project.start()).state).toBe('ready');
  });
});
