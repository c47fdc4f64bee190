import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { runNpm } from '../../../src/cli/engine/run-npm.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { signal } = new AbortController();

/** An npm that does this. */
function npmThat(does: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'npm'), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
  vi.stubEnv('PATH', folder);
  return folder;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

it('npm runs no script of a package', async () => {
  const folder = npmThat('echo "$@" > given');
  await runNpm(['ci'], { folder, signal });
  expect(readFileSync(join(folder, 'given'), 'utf8')).toContain('ci --ignore-scripts ');
});

it('an npm that fails is told, with the command to type again', async () => {
  await expect(runNpm(['ci'], { folder: npmThat('exit 7'), signal })).rejects.toMatchObject({
    code: 'engine.not_installed',
    message: 'npm could not install the embedded engine; see the reason above.',
    hint: 'Fix that and run the same command again: multiagent engine install.',
  });
});

it('where there is no npm, it is said what else there is', async () => {
  const folder = temporaryFolder();
  vi.stubEnv('PATH', folder);
  await expect(runNpm(['ci'], { folder, signal })).rejects.toMatchObject({
    code: 'engine.not_installed',
    message: 'npm was not found; it is needed to download the embedded engine.',
    hint: 'Install npm, or use a llama-server: multiagent model start.',
  });
});

it('whoever stops it learns nothing else', async () => {
  const stopped = AbortSignal.abort(new Error('enough'));
  await expect(runNpm(['ci'], { folder: npmThat('exit 0'), signal: stopped })).rejects.toThrow('enough');
});
