import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guardedPlaces } from '../../../src/tools/built-in/guarded-places.ts';
import { folderOf } from '../../support/folder-of.ts';

describe('what a command must leave alone', () => {
  it('is what others believe, and files with the names of secrets, but nothing that was fetched and no link', () => {
    const project = folderOf({
      '.git/config': '',
      '.git/id_rsa': '',
      '.multiagent/state.db': '',
      '.env': '',
      'a/b/c/server.key': '',
      'a/credentials.ts': '',
      'node_modules/x/cacert.key': '',
    });
    symlinkSync('/etc', join(project, 'etc'));
    symlinkSync('/etc/passwd', join(project, 'secrets.json'));
    const places = guardedPlaces(project).map(({ path, as }) => `${path} ${as}`);
    expect(places).toEqual(['.git read_only', '.multiagent hidden', '.env hidden', 'a/b/c/server.key hidden']);
  });

  it('is nothing where nothing is there, and a link is not taken for Git', () => {
    const project = folderOf({ 'a.txt': '', 'real/config': '' });
    symlinkSync('real', join(project, '.git'));
    expect(guardedPlaces(project)).toEqual([]);
  });
});
