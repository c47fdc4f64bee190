import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RunPackages } from '../../../src/orchestrator/packages/run-packages.ts';
import type { CommandResult, SandboxCommand } from '../../../src/sandbox/sandbox.ts';
import type { TaskRecord } from '../../../src/state/run/run-state.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const files = [{ path: 'requirements.txt', content: 'greet\n' }];
const result = (outcome: CommandResult['outcome']): CommandResult => ({ outcome, durationMilliseconds: 1, output: '', outputBytes: 0 });

/** Packages that are fetched when the test says so. */
function packagesOfRun({ folder = join(temporaryFolder(), 'packages'), path = process.env['PATH'] ?? '' } = {}) {
  const fetches: { command: SandboxCommand; end: (outcome: CommandResult['outcome']) => void }[] = [];
  const begun = Promise.withResolvers<void>();
  const packages = new RunPackages({
    run: 'run-1',
    mayFetch: true,
    folder,
    timeoutMilliseconds: 60_000,
    commands: {
      sandbox: {
        kind: 'bubblewrap',
        probe: async () => ({ state: 'ready', name: 'a stand-in', lacks: [] }),
        async run(command) {
          if (command.network === 'none') return result('failed');
          const { promise, resolve } = Promise.withResolvers<CommandResult>();
          command.signal.addEventListener('abort', () => resolve(result('stopped')));
          fetches.push({
            command,
            end(outcome) {
              if (outcome === 'passed') mkdirSync(join(command.folder, 'packages', 'greet'), { recursive: true });
              resolve(result(outcome));
            },
          });
          begun.resolve();
          return promise;
        },
      },
      probe: async () => ({ state: 'ready', name: 'a stand-in', lacks: [] }),
      folder: temporaryFolder(),
      workspace: temporaryFolder(),
      environment: { PATH: path },
      secrets: [],
    },
  });
  const recorded: string[] = [];
  const provide = (task: string, signal = new AbortController().signal) =>
    packages.provide(
      {
        task: { task, activities: [], superseded: 0 } as unknown as TaskRecord,
        record: async (events) => void recorded.push(...events.map(({ type }) => `${task} ${type}`)),
        signal,
      },
      files,
    );
  return { packages, fetches, begun: begun.promise, recorded, provide };
}

it('packages that two branches need at the same time are fetched once, and both have them', async () => {
  const { packages, fetches, begun, recorded, provide } = packagesOfRun();
  const both = Promise.all([provide('east'), provide('west')]);
  await begun;
  fetches[0]?.end('passed');
  await both;
  expect(fetches).toHaveLength(1);
  expect(recorded).toEqual(['east activity.started', 'east activity.completed']);
  expect((await packages.seenBy(files)).key).not.toBe('');
});

it('packages that one branch was stopped at are fetched by the other one that waited for them', async () => {
  const { fetches, begun, recorded, provide } = packagesOfRun();
  const stop = new AbortController();
  const east = provide('east', stop.signal);
  const west = provide('west');
  await begun;
  stop.abort();
  await expect(east).rejects.toThrow('aborted');
  await expect.poll(() => fetches.length).toBe(2);
  fetches[1]?.end('passed');
  await west;
  expect(recorded).toEqual(['east activity.started', 'west activity.started', 'west activity.completed']);
});

it('packages that could not be fetched are not tried again by a branch that waited for them', async () => {
  const { fetches, begun, provide } = packagesOfRun();
  const both = Promise.all([provide('east'), provide('west')]);
  await begun;
  fetches[0]?.end('failed');
  await both;
  expect(fetches).toHaveLength(1);
});

it('packages that were fetched for one Python are not taken for those of the next', async () => {
  const folder = join(temporaryFolder(), 'packages');
  const pathWith = (python: string) => {
    const programs = temporaryFolder();
    writeFileSync(join(programs, python), '#!/bin/sh\n');
    chmodSync(join(programs, python), 0o755);
    symlinkSync(python, join(programs, 'python3'));
    return programs;
  };
  const older = packagesOfRun({ folder, path: pathWith('python3.11') });
  const provided = older.provide('east');
  await older.begun;
  older.fetches[0]?.end('passed');
  await provided;
  const kept = async (path: string) => (await packagesOfRun({ folder, path }).packages.seenBy(files)).readable.length;
  expect([await kept(pathWith('python3.11')), await kept(pathWith('python3.12'))]).toEqual([1, 0]);
});
