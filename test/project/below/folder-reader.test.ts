import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { FolderReader, isSameStamp } from '../../../src/project/below/folder-reader.ts';
import { folderOf } from '../../support/folder-of.ts';
import { makePipe } from '../../support/make-pipe.ts';

const whileReading = vi.hoisted(() => ({ happens: () => {} }));
vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const readSync = (...given: Parameters<typeof fs.readSync>) => {
    whileReading.happens();
    return fs.readSync(...given);
  };
  return { ...fs, readSync };
});

const place = () => folderOf({ 'a/b/one.txt': 'one', 'a/two.txt': 'two', 'elsewhere/one.txt': 'other', 'a/large.txt': 'x'.repeat(101) });

function text(reader: FolderReader, path: string): string {
  const found = reader.read(path);
  return found.kind === 'read' ? Buffer.from(found.bytes).toString() : found.kind;
}

describe('reading below a folder', () => {
  it('reads files in whatever order, and tells what else is there', () => {
    const root = place();
    makePipe(join(root, 'pipe'));
    symlinkSync('a/two.txt', join(root, 'link'));
    symlinkSync('a', join(root, 'folder'));
    using reader = new FolderReader(root, 100);
    const paths = [
      'a/b/one.txt',
      'a/two.txt',
      'a/b/one.txt',
      'link',
      'folder/two.txt',
      'a/two.txt/x',
      'a/b',
      'a/no.txt',
      'no/a.txt',
      'a/large.txt',
      'pipe',
    ];
    expect(paths.map((path) => text(reader, path))).toEqual([
      'one',
      'two',
      'one',
      'link',
      'behind_link',
      'behind_link',
      'folder',
      'gone',
      'gone',
      'huge',
      'unreadable',
    ]);
    expect(() => new FolderReader(join(root, 'link'), 100)).toThrow('is not a folder');
  });

  it('knows at a glance whether a file was written', () => {
    const root = place();
    symlinkSync('a', join(root, 'folder'));
    symlinkSync('two.txt', join(root, 'a/link'));
    using reader = new FolderReader(root, 100);
    const read = reader.read('a/two.txt');
    const before = read.kind === 'read' ? read.stamp : undefined;
    expect(isSameStamp(reader.glance('a/two.txt')!, before!)).toBe(true);
    appendFileSync(join(root, 'a/two.txt'), '!');
    expect(isSameStamp(reader.glance('a/two.txt')!, before!)).toBe(false);
    for (const path of ['folder/two.txt', 'a/link', 'a/b', 'a/no.txt', 'no/a.txt']) expect(reader.glance(path)).toBeUndefined();
  });

  it.each<[string, (root: string) => void, string]>([
    ['is appended to', (root) => appendFileSync(join(root, 'a/two.txt'), '!'), 'unreadable'],
    ['is cut', (root) => writeFileSync(join(root, 'a/two.txt'), ''), 'unreadable'],
    ['grows beyond what is read', (root) => appendFileSync(join(root, 'a/two.txt'), 'x'.repeat(200)), 'huge'],
    ['is removed', (root) => rmSync(join(root, 'a/two.txt')), 'unreadable'],
    ['is not touched', (root) => writeFileSync(join(root, 'a/three.txt'), ''), 'two'],
    ['stays, and its folder becomes a link', replaceFolder, 'two'],
  ])('takes no mixture where a file %s while it is read', (_, change, found) => {
    const root = place();
    using reader = new FolderReader(root, 100);
    whileReading.happens = () => {
      whileReading.happens = () => {};
      change(root);
    };
    expect(text(reader, 'a/two.txt')).toBe(found);
  });
});

function replaceFolder(root: string): void {
  renameSync(join(root, 'a'), join(root, 'moved'));
  mkdirSync(join(root, 'other'));
  symlinkSync('elsewhere', join(root, 'a'));
}
