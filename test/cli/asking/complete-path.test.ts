import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { completePath } from '../../../src/cli/asking/complete-path.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function project(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'docs'));
  mkdirSync(join(folder, '.git'));
  for (const name of ['Readme.md', 'req.md', 'docs/a.md', 'docs/b.md', '.env', 'bad\x1bname']) writeFileSync(join(folder, name), '');
  symlinkSync('docs', join(folder, 'link'));
  symlinkSync('nowhere', join(folder, 'dangling'));
  return folder;
}

test.each([
  ['', ['docs/', 'link/', 'Readme.md', 'req.md']],
  ['re', ['Readme.md', 'req.md']],
  ['docs/', ['docs/a.md', 'docs/b.md']],
  ['docs/b', ['docs/b.md']],
  ['link/a', ['link/a.md']],
  ['.e', ['.env']],
  ['docs/../re', ['docs/../Readme.md', 'docs/../req.md']],
  ['none/', []],
  ['x', []],
])('%j is completed to %j', async (typed, names) => {
  expect((await completePath(typed, project())).map(({ name }) => name)).toEqual(names);
});

test('an absolute path is completed as it was typed', async () => {
  const folder = project();
  expect(await completePath(`${folder}/docs/a`, '/')).toEqual([
    { name: `${folder}/docs/a.md`, value: `${folder}/docs/a.md`, kind: 'file' },
  ]);
});
