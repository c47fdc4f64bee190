import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCheck } from '../../../src/orchestrator/checks/run-check.ts';
import type { Sandbox, SandboxCommand } from '../../../src/sandbox/sandbox.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Runs a check with a sandbox that only tells what it was asked for. */
async function asked(prepare: (workspace: string) => void, kind: Sandbox['kind'] = 'bubblewrap') {
  const workspace = temporaryFolder();
  const folder = join(workspace, 'output', 'generated', 'run');
  mkdirSync(folder, { recursive: true });
  prepare(workspace);
  const commands: SandboxCommand[] = [];
  const sandbox: Sandbox = {
    kind,
    probe: () => Promise.reject(new Error('not asked')),
    run(command) {
      commands.push(command);
      return Promise.resolve({ outcome: 'failed', exceeded: 'memory', durationMilliseconds: 1, output: 'x', outputBytes: 1 });
    },
  };
  const { signal } = new AbortController();
  const result = await runCheck({
    sandbox,
    folder,
    workspace,
    command: 'true',
    environment: {},
    network: 'none',
    signal,
    timeoutMilliseconds: 1000,
    written: new Set(),
  });
  return { workspace, folder, result, command: commands[0] };
}

describe('a check of a run', () => {
  it('stands where the files stand, and reads the packages of the project around them', async () => {
    const { workspace, folder, command, result } = await asked((project) => {
      mkdirSync(join(project, 'node_modules'));
      mkdirSync(join(project, 'output', '.venv'));
    });
    expect(command).toMatchObject({
      folder,
      hidden: [workspace],
      readable: [join(workspace, 'output', '.venv'), join(workspace, 'node_modules')],
    });
    expect(command?.contents).not.toBe(folder);
    expect(result).toEqual({
      outcome: 'failed',
      exceeded: 'memory',
      durationMilliseconds: 1,
      output: 'x',
      sandbox: 'bubblewrap',
      network: 'none',
    });
  });

  it('a project cannot have a folder shown by a link that calls it packages', async () => {
    const elsewhere = temporaryFolder();
    mkdirSync(join(elsewhere, 'node_modules'));
    const { command } = await asked((project) => symlinkSync(elsewhere, join(project, 'node_modules')));
    expect(command?.readable).toEqual([]);
    const shared = await asked((project) => symlinkSync(join(elsewhere, 'node_modules'), join(project, 'node_modules')));
    expect(shared.command?.readable).toEqual([join(shared.workspace, 'node_modules')]);
  });

  it('without a sandbox works on the files themselves', async () => {
    const { folder, command, result } = await asked((project) => writeFileSync(join(project, 'a'), ''), 'off');
    expect(command).toMatchObject({ folder });
    expect(command?.contents).toBeUndefined();
    expect(result.sandbox).toBe('off');
  });
});
