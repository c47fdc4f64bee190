import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isNewerThan } from './command-file.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A source of two files from second 100, and what was built from it in second 200. */
function place() {
  const base = temporaryFolder();
  const at = (path: string, second: number) => utimesSync(join(base, path), second, second);
  mkdirSync(join(base, 'src/room'), { recursive: true });
  for (const path of ['src/a.ts', 'src/room/b.ts', 'built.js']) writeFileSync(join(base, path), '');
  const age = () => {
    for (const path of ['src/a.ts', 'src/room/b.ts', 'src/room', 'src']) at(path, 100);
    at('built.js', 200);
  };
  age();
  return { base, at, isNewer: () => isNewerThan(join(base, 'built.js'), join(base, 'src')) };
}

describe('what was built is started', () => {
  it('where nothing was changed since', () => {
    expect(place().isNewer()).toBe(true);
  });

  it.each(['src/a.ts', 'src/room/b.ts', 'src/room', 'src'])('not where %s is newer', (path) => {
    const { at, isNewer } = place();
    at(path, 201);
    expect(isNewer()).toBe(false);
  });

  it('not where a file was taken out since, or nothing was built', () => {
    const { base, at, isNewer } = place();
    rmSync(join(base, 'src/room/b.ts'));
    expect(isNewer()).toBe(false);
    at('src/room', 100);
    expect(isNewer()).toBe(true);
    rmSync(join(base, 'built.js'));
    expect(isNewer()).toBe(false);
  });
});
