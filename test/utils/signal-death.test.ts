import { describe, expect, it } from 'vitest';
import { describeSignalDeath, type DeadProgram } from '../../src/utils/signal-death.ts';

const compiled = '/home/a b/.cache/multiagent/llama.cpp-3.21.1/build/bin/llama-server';

describe('the account of a model server that a signal ended', () => {
  it.each<[NodeJS.Signals, string]>([
    ['SIGILL', 'was ended by SIGILL (illegal instruction)'],
    ['SIGSEGV', 'was ended by SIGSEGV (segmentation fault)'],
    ['SIGABRT', 'was ended by SIGABRT'],
  ])('names %s', (signal, how) => {
    expect(describeSignalDeath(signal, { kind: 'embedded' }).how).toBe(how);
  });

  it.each<[string, DeadProgram, RegExp]>([
    ['compiled here: compile it again', { kind: 'llama-server', path: compiled }, /model start --rebuild/],
    [
      'of somebody else: which one to update',
      { kind: 'llama-server', path: '/usr/bin/llama-server' },
      /Update \/usr\/bin\/llama-server.*--build"/,
    ],
    ['elsewhere, with the same name: which one', { kind: 'llama-server', path: '/opt/llama.cpp-1/build/bin/llama-server' }, /Update \/opt/],
    ['that comes along: the package', { kind: 'embedded' }, /Update node-llama-cpp/],
  ])('says what to do about a program %s', (_, program, hint) => {
    expect(describeSignalDeath('SIGILL', program).hint).toMatch(hint);
  });

  it('blames memory for what the system killed, and no instruction for what somebody ended', () => {
    expect(describeSignalDeath('SIGKILL', { kind: 'embedded' }).hint).toContain('memory');
    expect(describeSignalDeath('SIGTERM', { kind: 'embedded' }).hint).not.toMatch(/instruction|memory/);
  });
});
