import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readWizardMemory, writeWizardMemory } from '../../../src/cli/wizard/wizard-memory.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('what was chosen is known the next time', async () => {
  const workspace = temporaryFolder();
  const memory = {
    workflow: 'bug_fix',
    requirement: { source: 'file' as const, file: join(workspace, 'r.md') },
    address: 'http://127.0.0.1:1/v1',
    files: [join(workspace, 'a')],
  };
  await writeWizardMemory(workspace, memory);
  expect(await readWizardMemory(workspace)).toEqual(memory);
});

test('nothing but the known choices is written', async () => {
  const workspace = temporaryFolder();
  await writeWizardMemory(workspace, { workflow: 'bug_fix', apiKey: 'secret' } as { workflow: string });
  expect(readFileSync(join(workspace, '.multiagent', 'wizard.json'), 'utf8')).not.toContain('secret');
});

test.each(['', '{', '[]', '{"files": 3}', 'null'])('a broken file is ignored: %j', async (text) => {
  const workspace = temporaryFolder();
  mkdirSync(join(workspace, '.multiagent'));
  writeFileSync(join(workspace, '.multiagent', 'wizard.json'), text);
  expect(await readWizardMemory(workspace)).toEqual({});
});

test('a workspace that cannot be written to is no error', async () => {
  const workspace = temporaryFolder();
  writeFileSync(join(workspace, '.multiagent'), '');
  await expect(writeWizardMemory(workspace, {})).resolves.toBeUndefined();
});

test('a link in its place is replaced, and what it leads to stays as it is', async () => {
  const workspace = temporaryFolder();
  const other = join(temporaryFolder(), 'profile');
  writeFileSync(other, 'theirs');
  mkdirSync(join(workspace, '.multiagent'));
  symlinkSync(other, join(workspace, '.multiagent', 'wizard.json'));
  await writeWizardMemory(workspace, { workflow: 'bug_fix' });
  expect(readFileSync(other, 'utf8')).toBe('theirs');
  expect(lstatSync(join(workspace, '.multiagent', 'wizard.json')).isFile()).toBe(true);
  expect(await readWizardMemory(workspace)).toEqual({ workflow: 'bug_fix' });
});
