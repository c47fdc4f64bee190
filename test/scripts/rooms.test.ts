import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arrowsOf, arrowsUp, circles, layersOf, rooms } from '../../scripts/rooms.ts';
import { importsOf, sourceImports } from '../../scripts/source-imports.ts';

const source = join(import.meta.dirname, '../../src');
const arrows = arrowsOf(sourceImports(source));

describe('the rooms of src', () => {
  it('are those of the table, and their files are seen', () => {
    const folders = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).toSorted()).toEqual(Object.keys(rooms).toSorted());
    expect(arrows.length).toBeGreaterThan(3000);
    expect(arrows.filter(({ to }) => !existsSync(join(source, to)))).toEqual([]);
  });

  it('import only what stands below them', () => {
    expect(arrowsUp(arrows)).toEqual([]);
  });

  it('have folders and files that import in one direction only', () => {
    expect(circles(arrows)).toEqual([]);
  });
});

const arrow = (from: string, to: string) => ({ from, to });

describe('arrowsUp', () => {
  it.each([
    ['files/a.ts', 'llm/b.ts'],
    ['utils/a.ts', 'events/b.ts'],
    ['orchestrator/a.ts', 'index.ts'],
    ['index.ts', 'cli/main.ts'],
    ['elsewhere/a.ts', 'utils/b.ts'],
  ])('refuses that %s imports %s', (from, to) => {
    expect(arrowsUp(arrowsOf([arrow(from, to)]))).toEqual([`${from} imports ${to}`]);
  });

  it.each([
    ['agents/a.ts', 'llm/b.ts'],
    ['files/names/a.ts', 'files/disk/b.ts'],
    ['index.ts', 'orchestrator/a.ts'],
  ])('allows that %s imports %s', (from, to) => {
    expect(arrowsUp(arrowsOf([arrow(from, to)]))).toEqual([]);
  });
});

describe('circles', () => {
  it('finds folders that import each other although no files do', () => {
    const found = circles(arrowsOf([arrow('a/x/1.ts', 'a/y/1.ts'), arrow('a/y/2.ts', 'a/z/1.ts'), arrow('a/z/2.ts', 'a/x/2.ts')]));
    expect(found).toEqual([
      'In a these go around: x → y (a/x/1.ts imports a/y/1.ts); y → z (a/y/2.ts imports a/z/1.ts); z → x (a/z/2.ts imports a/x/2.ts)',
    ]);
  });

  it('lets a folder have its contract below its own folders, and what joins them above', () => {
    expect(circles(arrowsOf([arrow('a/join.ts', 'a/x/1.ts'), arrow('a/x/1.ts', 'a/contract.ts'), arrow('a/x/2.ts', 'a/x/1.ts')]))).toEqual(
      [],
    );
  });
});

describe('layersOf', () => {
  it('begins with what imports nothing', () => {
    expect(layersOf(arrowsOf([arrow('a/x/1.ts', 'a/y/1.ts'), arrow('a/y/1.ts', 'a/z/1.ts'), arrow('a/x/1.ts', 'a/z/1.ts')]))).toEqual([
      'z',
      'y',
      'x',
    ]);
  });
});

describe('importsOf', () => {
  it.each([
    ["import { a } from './a.ts';", ['./a.ts']],
    ["import type { A } from '../a.ts';\nimport './b.ts';", ['../a.ts', './b.ts']],
    ["export * from './a.ts';\nexport { b } from './b.ts';\nexport const c = 1;", ['./a.ts', './b.ts']],
    ["const load = () => import('./a.ts');\nlet b: import('./b.ts').B;", ['./a.ts', './b.ts']],
    ["import { join } from 'node:path';\n// import './a.ts';\nconst text = \"import './b.ts'\";", []],
  ])('sees in %s what is imported', (text, expected) => {
    expect(importsOf(text)).toEqual(expected);
  });
});
