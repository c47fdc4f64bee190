import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { sourceOfCommand } from '../support/command-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const hook = join(import.meta.dirname, '..', 'support', 'tell-loaded-modules.ts');

/** What a command has loaded by its end: its own modules, and the packages. */
function loadedBy(args: readonly string[]): { modules: number; packages: string[] } {
  const { PATH } = process.env;
  const folder = temporaryFolder();
  const { stderr } = spawnSync(process.execPath, ['--import', hook, sourceOfCommand, ...args], {
    cwd: folder,
    env: { PATH, HOME: folder },
    encoding: 'utf8',
  });
  const addresses = JSON.parse(/^loaded: (.*)$/m.exec(stderr)?.[1] ?? '[]') as string[];
  const packages = addresses.flatMap((address) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(address)?.[1] ?? []);
  return { modules: addresses.filter((address) => address.includes('/src/')).length, packages: [...new Set(packages)].toSorted() };
}

describe('a command loads no more than it needs', () => {
  it.each([
    [['--version'], 2, []],
    [['--help'], 35, ['commander', 'fastest-levenshtein']],
    [['run', '--help'], 35, ['commander', 'fastest-levenshtein']],
    [['show', '--help'], 35, ['commander', 'fastest-levenshtein']],
    // A person is typing.
    [['complete', '--', 'show', ''], 60, ['commander', 'fastest-levenshtein']],
    [['complete', '--', 'run', '--model', ''], 60, ['commander', 'fastest-levenshtein']],
    // It reads and checks the workflows itself, their expressions included, which the compiled command does not: test/package.
    [['workflows', 'list'], 75, ['commander', 'fastest-levenshtein', 'yaml', 'zod']],
    // Nothing sets a setting here, and there is no journal.
    [['runs'], 60, ['commander', 'fastest-levenshtein']],
  ])('%j: at most %i modules of its own, and these packages', (args, most, packages) => {
    const loaded = loadedBy(args);
    expect(loaded.packages).toEqual(packages);
    expect(loaded.modules).toBeLessThanOrEqual(most);
    expect(loaded.modules).toBeGreaterThan(0);
  });
});
