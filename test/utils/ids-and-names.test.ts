import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ensureFolder } from '../../src/utils/ensure-folder.ts';
import { nearestName } from '../../src/utils/nearest-name.ts';
import { createRunId } from '../../src/utils/run-id.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('createRunId', () => {
  it('makes ids that sort by time, differ, and need no quoting anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 1e6 }), (now, later) => {
        const [first, second] = [createRunId(now), createRunId(now + later)];
        expect(first < second).toBe(true);
        expect(first).toMatch(/^[0-9a-z-]+$/);
      }),
    );
    expect(new Set(Array.from({ length: 50 }, () => createRunId(0))).size).toBeGreaterThan(45);
  });
});

describe('nearestName', () => {
  it.each([
    ['feature-developmnt', 'feature-development'],
    ['feature_development', 'feature-development'],
    ['BUGFIX', 'bug-fix'],
    ['something else', undefined],
  ])('%s: %s', (given, expected) => {
    expect(nearestName(given, ['feature-development', 'bug-fix', 'analysis'])).toBe(expected);
  });
});

describe('ensureFolder', () => {
  it('makes a folder and those above it, and leaves one that is there', async () => {
    const folder = join(temporaryFolder(), 'a', 'b', 'c');
    await ensureFolder(folder);
    await ensureFolder(folder);
    expect(existsSync(folder)).toBe(true);
  });

  it('says what the system says where a file is in the way, and ends where nothing can be made', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(ensureFolder(join(file, 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(ensureFolder(file)).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(ensureFolder('/proc/nothing/here')).rejects.toHaveProperty('code');
  });
});
