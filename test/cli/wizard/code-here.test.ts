import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeHere } from '../../../src/cli/wizard/code-here.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function folderWith(...paths: string[]): string {
  const folder = temporaryFolder();
  for (const path of paths) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
  return folder;
}

test.each([
  ['a program', ['store.py'], 'there'],
  ['a program in a folder', ['notes.md', 'src/app/main.ts'], 'there'],
  ['a manifest', ['go.mod'], 'there'],
  ['nothing', [], 'none'],
  ['a requirement', ['requirement.md', 'docs/notes.txt'], 'none'],
  ['what runs wrote, what others wrote, and hidden files', ['output/a.py', 'node_modules/a/index.js', '.cache/a.py'], 'none'],
  ['code far below', ['a/b/c/d/e/f.py'], 'none'],
] as const)('a folder with %s', (_, paths, found) => expect(codeHere(folderWith(...paths))).toBe(found));

test('a folder that is not there has none, and a link is not followed', () => {
  const folder = temporaryFolder();
  expect(codeHere(join(folder, 'gone'))).toBe('none');
  symlinkSync(folderWith('store.py'), join(folder, 'linked'));
  expect(codeHere(folder)).toBe('none');
});

test('in a folder with a great many files it stops looking', () => {
  const names = Array.from({ length: 2100 }, (_, index) => `${index}.txt`);
  expect(codeHere(folderWith(...names, 'z/store.py'))).toBe('none');
});
