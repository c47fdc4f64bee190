import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseFiles } from '../../../src/project/choosing/choose-files.ts';
import { mapProject } from '../../../src/project/map/map-project.ts';
import { hashContent } from '../../../src/utils/hash-content.ts';

let folder: string;
let root: string;
let cacheFolder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'map-'));
  root = join(folder, 'project');
  cacheFolder = join(folder, 'cache');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** Maps the project as it is now, and says which files were read for it. */
async function mapIt() {
  const chosen = await chooseFiles({ root });
  const read: string[] = [];
  const reading = {
    root: chosen.root,
    files: chosen.files,
    read: (path: string) => {
      read.push(path);
      return chosen.read(path);
    },
  };
  const map = await mapProject(reading, { cacheFolder });
  await map.keep();
  return { map, read };
}

function cacheFile(): string {
  return join(cacheFolder, readdirSync(cacheFolder)[0]!, 'map.json');
}

/** What is believed without looking can be seen by forging it. */
function forge(change: (text: string) => string): void {
  writeFileSync(cacheFile(), change(readFileSync(cacheFile(), 'utf8')));
}

const files = { 'a.ts': "import './b.ts';\nexport function first() {}\n", 'b.ts': 'export const second = 1;\n', 'c.md': '# C\n' };

describe('mapProject', () => {
  it('tells of each file what it is, imports and defines', async () => {
    write(files);
    const { map } = await mapIt();
    expect(map.files).toEqual([
      { path: 'a.ts', bytes: 44, sha256: hashContent(files['a.ts']), imports: ['b.ts'], names: ['first'] },
      { path: 'b.ts', bytes: 25, sha256: hashContent(files['b.ts']), imports: [], names: ['second'] },
      { path: 'c.md', bytes: 4, sha256: hashContent(files['c.md']), imports: [], names: [] },
    ]);
    expect(await map.signaturesOf('a.ts')).toEqual(['export function first()']);
    expect(await map.signaturesOf('c.md')).toEqual([]);
    expect(await map.signaturesOf('gone.ts')).toEqual([]);
  });

  it('reads nothing again that has not changed, and finds the same', async () => {
    write(files);
    const first = await mapIt();
    expect(first.read).toEqual(['a.ts', 'b.ts']);
    const again = await mapIt();
    expect(again.read).toEqual([]);
    expect(again.map.files).toEqual(first.map.files);
  });

  it('reads what changed, and nothing of what only moved', async () => {
    write(files);
    await mapIt();
    rmSync(join(root, 'b.ts'));
    write({ 'a.ts': "import './d.ts';\n", 'd.ts': files['b.ts'] });
    const { map, read } = await mapIt();
    expect(read).toEqual(['a.ts']);
    expect(map.files.map(({ path, imports, names }) => [path, imports, names])).toEqual([
      ['a.ts', ['d.ts'], []],
      ['c.md', [], []],
      ['d.ts', [], ['second']],
    ]);
  });

  it('parses nothing again for signatures that were asked for before, and is not told lines that none could be', async () => {
    write(files);
    const first = await mapIt();
    const signatures = await first.map.signaturesOf('a.ts');
    expect(signatures).toEqual(['export function first()']);
    await first.map.keep();
    const again = await mapIt();
    expect(await again.map.signaturesOf('a.ts')).toEqual(signatures);
    expect(again.read).toEqual([]);
    for (const line of [String.raw`two\nlines`, '```', 'x'.repeat(1000), String.raw`hidden \u202e`]) {
      forge((text) => text.replace(/"export function first\(\)"|"two.*?"|"```"|"x{9,}"/, () => `"${line}"`));
      const { map, read } = await mapIt();
      expect(await map.signaturesOf('a.ts')).toEqual(signatures);
      expect(read).toEqual(['a.ts']);
    }
  });

  it('resolves imports again only where a file has come, gone or changed', async () => {
    write(files);
    await mapIt();
    forge((text) => text.replace('[1]', '[2,9,-1,0.5]'));
    expect((await mapIt()).map.files[0]!.imports).toEqual(['c.md']);
    write({ 'd.md': '' });
    expect((await mapIt()).map.files[0]!.imports).toEqual(['b.ts']);
  });

  it('keeps apart what the same content says in other languages', async () => {
    write({ 'a.py': 'class Cart: pass\n', 'a.go': 'class Cart: pass\n' });
    await mapIt();
    const { map } = await mapIt();
    expect(map.files.map(({ names }) => names)).toEqual([[], ['Cart']]);
  });

  it('says nothing of a file that changes or vanishes while it is mapped', async () => {
    write(files);
    const chosen = await chooseFiles({ root });
    rmSync(join(root, 'b.ts'));
    const map = await mapProject(chosen, {});
    expect(map.files.map(({ path, imports }) => [path, imports])).toEqual([
      ['a.ts', []],
      ['c.md', []],
    ]);
    write({ 'a.ts': 'export function other() {}\n' });
    expect(await map.signaturesOf('a.ts')).toEqual([]);
  });

  it.each([
    ['is empty', () => ''],
    ['is of another version', (text: string) => text.replace('"map 1"', '"map 0"')],
    ['is of another program', (text: string) => text.replace(/^.*/, '[]')],
    ['is broken in the middle', (text: string) => text.replace('"second"', '"second')],
    ['has rows of another shape', (text: string) => text.replaceAll('["second"]', '"second"').replaceAll('["first"]', '[1]')],
    ['is too deep', () => '['.repeat(1_000_000)],
  ])('works without what it kept if that %s', async (_, damage) => {
    write(files);
    const { map } = await mapIt();
    forge(damage);
    const again = await mapIt();
    expect(again.map.files).toEqual(map.files);
    expect(again.read).not.toEqual([]);
  });

  it('works where nothing can be kept', async () => {
    write(files);
    writeFileSync(cacheFolder, 'a file');
    expect((await mapIt()).map.files).toHaveLength(3);
  });

  it('tells how far it is, and ends when it is cancelled', async () => {
    const many = Array.from({ length: 250 }, (_, at) => ({ path: `f${at}.ts`, bytes: 0, sha256: hashContent('') }));
    const told: number[] = [];
    const chosen = { root, files: many, read: () => Promise.resolve('') };
    await mapProject(chosen, { onProgress: (done, of) => told.push(done, of) });
    expect(told).toEqual([0, 250, 100, 250, 200, 250, 250, 250]);
    const reason = new Error('cancelled');
    await expect(mapProject(chosen, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
