import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeDefinition } from '../../../src/cli/definitions/write-definition.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const definition = (folder: string) => ({ folder, file: 'ship.yaml', content: 'new\n', taken: ['ship.yaml', 'ship.yml', 'ship'] });

it('a definition is written with the folders around it', async () => {
  const folder = join(temporaryFolder(), 'deep', 'workflows');
  expect(readFileSync(await writeDefinition(definition(folder)), 'utf8')).toBe('new\n');
});

it.each<[string, string, (path: string) => void]>([
  ['a file of its name', 'ship.yaml', (path) => writeFileSync(path, 'mine\n')],
  ['a file that defines the same by another name', 'ship.yml', (path) => writeFileSync(path, 'mine\n')],
  ['a folder that does', 'ship', (path) => mkdirSync(path)],
  ['a link that leads nowhere', 'ship.yaml', (path) => symlinkSync('nowhere', path)],
])('%s is left as it is, and named', async (_, name, make) => {
  const folder = temporaryFolder();
  make(join(folder, name));
  await expect(writeDefinition(definition(folder))).rejects.toMatchObject({
    code: 'definition.exists',
    category: 'usage',
    message: `${join(folder, name)} exists, and was left as it is.`,
    hint: 'Give another name, or edit the file.',
  });
  expect(readdirSync(folder)).toEqual([name]);
});
