import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workTreeRoot } from '../../../src/project/git/work-tree-root.ts';
import { folderOf } from '../../support/folder-of.ts';

describe('the root of a work tree', () => {
  it('is the nearest folder with a .git, as a folder or a file, whatever is said in it', () => {
    const root = folderOf({ 'a/b/c.txt': '', 'module/in/d.txt': '' });
    mkdirSync(join(root, '.git'));
    writeFileSync(join(root, '.git/config'), '[core]\nworktree = /\n');
    writeFileSync(join(root, 'module/.git'), 'gitdir: /etc\n');
    expect(workTreeRoot(join(root, 'a/b'))).toBe(root);
    expect(workTreeRoot(root)).toBe(root);
    expect(workTreeRoot(join(root, 'module/in'))).toBe(join(root, 'module'));
  });

  it('is not where .git is a link, and nowhere without one', () => {
    const root = folderOf({ 'a/x': '', 'elsewhere/HEAD': '' });
    mkdirSync(join(root, '.git'));
    symlinkSync('../elsewhere', join(root, 'a/.git'));
    expect(workTreeRoot(join(root, 'a'))).toBe(root);
    expect(workTreeRoot('/')).toBeUndefined();
  });
});
