import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProjectCache } from '../../../src/project/cache/project-cache.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const options = { kind: 'rows 1', mostBytes: 1000 };

describe('what is kept of projects', () => {
  it('is kept for each by its place', async () => {
    const folder = temporaryFolder();
    await new ProjectCache(folder, '/one').rows('names', options).write([['one']]);
    await new ProjectCache(folder, '/other').rows('names', options).write([['other']]);
    expect(new ProjectCache(folder, '/one').rows('names', options).read()).toEqual([['one']]);
    expect(new ProjectCache(folder, '/one').rows('others', options).read()).toEqual([]);
  });

  it('is kept of the fifty that were used last, and nothing else is removed', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a folder of the person'));
    const used = new ProjectCache(folder, '/used');
    await used.rows('names', options).write([]);
    const [own] = readdirSync(folder).filter((name) => !name.startsWith('a '));
    for (const at of Array.from({ length: 60 }, (_, index) => index)) {
      const path = join(folder, String(at).padStart(32, '0'));
      mkdirSync(path);
      utimesSync(path, at + 1, at + 1);
    }
    utimesSync(join(folder, own!), 0, 0);
    await used.tidy();
    const left = readdirSync(folder);
    expect(left).toHaveLength(51);
    expect(left).toEqual(expect.arrayContaining([own, 'a folder of the person', '59'.padStart(32, '0')]));
    expect(left).not.toContain('10'.padStart(32, '0'));
  });

  it('is tidied without a word where there is nothing', async () => {
    await expect(new ProjectCache(join(temporaryFolder(), 'nowhere'), '/one').tidy()).resolves.toBeUndefined();
  });
});
