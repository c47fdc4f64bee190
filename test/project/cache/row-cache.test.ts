import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RowCache } from '../../../src/project/cache/row-cache.ts';
import { makePipe } from '../../support/make-pipe.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const options = { kind: 'rows 1', mostBytes: 1000 };
const rows = [
  ['a', 1],
  ['ü\u2028\uD800', [2]],
];

describe('rows that are kept for the next run', () => {
  it('come back as they were, in a folder that is made for them, and nothing else stays there', async () => {
    const file = join(temporaryFolder(), 'x/y/rows.json');
    await new RowCache({ ...options, file }).write([['old']]);
    await new RowCache({ ...options, file }).write(rows);
    expect(new RowCache({ ...options, file }).read()).toEqual(rows);
    expect(readdirSync(dirname(file))).toEqual(['rows.json']);
  });

  it('are as many as fit', async () => {
    const file = join(temporaryFolder(), 'rows.json');
    const many = Array.from({ length: 300 }, (_, at) => [at, 'ü']);
    await new RowCache({ ...options, file }).write(many);
    const kept = new RowCache({ ...options, file }).read();
    expect(kept).toEqual(many.slice(0, kept.length));
    expect(kept.length).toBeGreaterThan(50);
    expect(readFileSync(file).length).toBeLessThanOrEqual(options.mostBytes);
    expect(readFileSync(file).length).toBeGreaterThan(options.mostBytes - 20);
  });

  it.each<[string, (file: string, whole: string) => void]>([
    ['there is no file', () => {}],
    ['it is a folder', (file) => mkdirSync(file)],
    ['it is a pipe', (file) => makePipe(file)],
    ['it is a link', (file, whole) => (writeFileSync(`${file}.other`, whole), symlinkSync(`${file}.other`, file))],
    ['it is empty', (file) => writeFileSync(file, '')],
    ['it is not JSON', (file, whole) => writeFileSync(file, whole.slice(0, -4))],
    ['it is no list', (file, whole) => writeFileSync(file, whole.replace(/\[\n.*/s, '{"a":1}'))],
    ['it is too large', (file, whole) => writeFileSync(file, whole + ' '.repeat(1000))],
    ['its rows are of another kind', (file, whole) => writeFileSync(file, whole.replace('rows 1', 'rows 2'))],
    ['another version of the program wrote it', (file, whole) => writeFileSync(file, whole.replace(/"\d[^"]*"\]/, '"0.0.0"]'))],
  ])('are none if %s', async (_, make) => {
    const file = join(temporaryFolder(), 'rows.json');
    await new RowCache({ ...options, file }).write(rows);
    const whole = readFileSync(file, 'utf8');
    rmSync(file);
    make(file, whole);
    expect(new RowCache({ ...options, file }).read()).toEqual([]);
  });

  it('are not kept where nothing can be written, and that is no failure', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    await new RowCache({ ...options, file: join(folder, 'file/rows.json') }).write(rows);
    mkdirSync(join(folder, 'rows.json'));
    await new RowCache({ ...options, file: join(folder, 'rows.json') }).write(rows);
    expect(readdirSync(folder)).toEqual(['file', 'rows.json']);
  });
});
