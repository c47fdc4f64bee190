import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readReport } from '../../src/verification/read-report.ts';
import { makePipe } from '../support/make-pipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a report that a program left', () => {
  it('is read', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'report.xml'), '<a/>');
    expect(await readReport(folder, 'report.xml')).toBe('<a/>');
  });

  it.each<[string, (path: string, folder: string) => void]>([
    ['is not there', () => {}],
    ['is a folder', (path) => mkdirSync(path)],
    ['is a link', (path, folder) => (writeFileSync(join(folder, 'secret'), 'x'), symlinkSync(join(folder, 'secret'), path))],
    ['is a pipe', (path) => makePipe(path)],
    ['is endless', (path) => (writeFileSync(path, ''), truncateSync(path, 1024 ** 3))],
  ])('%s', async (_, make) => {
    const folder = temporaryFolder();
    make(join(folder, 'report.xml'), folder);
    expect(await readReport(folder, 'report.xml')).toBeUndefined();
  });

  it('lies in a folder that is a link', async () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(join(elsewhere, 'report.xml'), 'x');
    symlinkSync(elsewhere, join(folder, 'app'));
    expect(await readReport(folder, 'app/report.xml')).toBeUndefined();
  });
});
