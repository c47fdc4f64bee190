import { devNull } from 'node:os';
import process from 'node:process';
import { expect, it } from 'vitest';
import { git } from '../../../src/project/git/git.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('Git knows the author that stands in settings of the environment', async () => {
  const environment = {
    PATH: process.env['PATH'],
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'user.name',
    GIT_CONFIG_VALUE_0: 'Ann',
    GIT_CONFIG_KEY_1: 'user.email',
    GIT_CONFIG_VALUE_1: 'ann@example.com',
  };
  const author = await git({ folder: temporaryFolder(), environment }, ['var', 'GIT_COMMITTER_IDENT']);
  expect(author).toMatchObject({ code: 0, output: expect.stringMatching(/^Ann <ann@example\.com> /) as string });
});
