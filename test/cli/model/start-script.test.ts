import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildServerProgram, proveServerProgram } from '../../../src/cli/model/start-script.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A bash that runs no script and ends like one that does this. */
function bashThat(does: string): void {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'bash'), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
  vi.stubEnv('PATH', folder);
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the script that compiles a llama-server', () => {
  it('says where the program is', async () => {
    bashThat("echo ' /somewhere/llama-server'");
    expect(await buildServerProgram('build')).toBe('/somewhere/llama-server');
  });

  it.each([
    ['does not get there', 1, { code: 'server.not_built', category: 'model' }],
    ['was interrupted', 130, { code: 'run.interrupted', category: 'stopped' }],
  ])('%s: what to do is told, and why stands above', async (_, exit, error) => {
    bashThat(`exit ${exit}`);
    await expect(buildServerProgram('rebuild')).rejects.toMatchObject({
      ...error,
      message: 'No llama-server that runs here could be compiled; see the reason above.',
      hint: 'Fix that and run the same command again, or install a package of llama.cpp.',
    });
  });
});

describe('the script that tests a llama-server', () => {
  it.each([
    [
      'its first line, and the rest as what to do',
      "echo 'Error: It died.' >&2; echo '  Update it,' >&2; echo '  then again.' >&2; exit 1",
      ['server.script_failed', 'model', 'It died.', 'Update it, then again.'],
    ],
    [
      'its first line for wrong usage',
      "echo 'Error: No such program.' >&2; echo '  Name one.' >&2; exit 2",
      ['usage', 'usage', 'No such program.', 'Name one.'],
    ],
    [
      'what it needs, where it says nothing to do',
      "echo 'cannot run' >&2; exit 3",
      ['server.script_failed', 'model', 'cannot run', 'Starting a server needs bash.'],
    ],
  ])('fails with %s', async (_, does, [code, category, message, hint]) => {
    bashThat(does);
    await expect(proveServerProgram()).rejects.toMatchObject({ code, category, message, hint });
  });

  it('needs bash', async () => {
    vi.stubEnv('PATH', temporaryFolder());
    await expect(proveServerProgram()).rejects.toMatchObject({
      code: 'server.script_failed',
      message: expect.stringContaining('bash') as string,
      hint: 'Starting a server needs bash.',
    });
  });
});
