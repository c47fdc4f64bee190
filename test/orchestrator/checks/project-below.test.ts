import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSentence } from '../../../src/orchestrator/checks/check-sentence.ts';
import { lookBelow } from '../../../src/orchestrator/checks/project-below.ts';
import { hashContent } from '../../../src/utils/hash-content.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const listed = (path: string, bytes: number) => ({ path, bytes, sha256: hashContent(path), shown: 'unseen' as const });
const mebi = 2 ** 20;

function look(files: { path: string; bytes: number }[], more: Partial<Parameters<typeof lookBelow>[0]> = {}) {
  const project = temporaryFolder();
  for (const path of more.unread ?? []) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), path);
  }
  const base = new Map(files.map(({ path, bytes }) => [path, listed(path, bytes)]));
  return lookBelow({ project, within: project, packages: project, base, without: new Set(), ...more });
}

describe('a project below the files of a run', () => {
  it.each([
    [
      'files',
      Array.from({ length: 20_001 }, (_, index) => ({ path: `f${index}`, bytes: 1 })),
      'the project has 20001 files, and at most 20000 are copied for a check',
    ],
    ['bytes', [{ path: 'f', bytes: 513 * mebi }], 'the project has 513 MiB, and at most 512 MiB are copied for a check'],
  ])('is left out with too many %s, which is said', async (_, files, leftOut) => {
    const below = await look(files);
    expect(below).toMatchObject({ leftOut, changed: undefined, key: '' });
    expect(below.paths.size).toBe(0);
    const check = { command: 'make', outcome: 'passed' as const, durationMilliseconds: 1, output: '', withoutProject: leftOut };
    expect(checkSentence(check)).toMatch(new RegExp(`${leftOut}\\.$`));
  });

  it('is not too large for what the run has changed itself', async () => {
    const without = new Set(['f']);
    expect((await look([{ path: 'f', bytes: 513 * mebi }], { without })).leftOut).toBeUndefined();
  });

  it('holds what the team does not read, as far as it fits, without secrets', async () => {
    const unread = ['a.lock', 'deep/b.bin', '.env', '../c', '.git/config'];
    expect([...(await look([], { unread })).paths]).toEqual(['a.lock', 'deep/b.bin']);
    const full = Array.from({ length: 19_999 }, (_, index) => ({ path: `f${index}`, bytes: 0 }));
    expect((await look(full, { unread })).paths.size).toBe(0);
    expect([...(await look(full, { unread: ['a.lock'] })).paths]).toEqual(['a.lock']);
  });

  it('is another one where a file changes that the team does not read', async () => {
    const [one, other] = await Promise.all([look([], { unread: ['a.lock'] }), look([], { unread: ['b.lock'] })]);
    expect(one.key).not.toBe(other.key);
  });
});
