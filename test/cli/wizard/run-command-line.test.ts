import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { runCommandLine } from '../../../src/cli/wizard/run-command-line.ts';

test('every answer is in it', () => {
  const options = {
    req: 'a b.md',
    file: ['x.py', 'y.py'],
    baseUrl: 'http://127.0.0.1:9/v1',
    model: 'm',
    engine: 'server',
    allowRemote: [true, 'models.example'],
  } as const;
  expect(runCommandLine('bug_fix', { ...options, file: [...options.file] })).toBe(
    "run bug-fix --req 'a b.md' --file x.py --file y.py --base-url http://127.0.0.1:9/v1 --model m --engine server --allow-remote --allow-remote models.example",
  );
});

test('what limits a run is in it', () => {
  const options = { req: 'a', private: true, verify: 'required', verifyCommand: 'npm test', allowInstall: true, worktree: true } as const;
  expect(runCommandLine('bug_fix', options)).toBe(
    "run bug-fix --req a --verify required --verify-command 'npm test' --worktree --private --allow-install",
  );
  expect(runCommandLine('bug_fix', { worktree: 'mine' })).toBe('run bug-fix --worktree mine');
});

test('a workflow of a file is named by the file, with its inputs', () => {
  expect(runCommandLine('own', { workflow: 'my own.yaml', input: ['tone=dry'], req: 'a' })).toBe(
    "run --workflow 'my own.yaml' --input tone=dry --req a",
  );
});

test('user name and password of an address are not in it', () => {
  expect(runCommandLine('analysis', { req: 'a', baseUrl: 'http://me:secret@127.0.0.1:9/v1' })).not.toContain('secret');
  const several = 'http://127.0.0.1:9/v1,http://me:secret@127.0.0.1:8/v1';
  expect(runCommandLine('analysis', { req: 'a', baseUrl: several })).toBe(
    'run analysis --req a --base-url http://127.0.0.1:9/v1,http://127.0.0.1:8/v1',
  );
});

test('a shell reads a requirement back as it was written', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 40 }), (requirement) => {
      const line = String.raw`printf '%s\0' ` + runCommandLine('analysis', { requirement });
      const words = execFileSync('sh', ['-c', line], { encoding: 'utf8' }).split('\0').slice(2, -1);
      expect(words.join(' ').replace(/^--requirement[= ]/u, '')).toBe(requirement);
    }),
    { numRuns: 30 },
  );
});
