import { basename } from 'node:path';
import { expect, it, vi } from 'vitest';
import { RoleCatalogue } from '../../src/agents/role-catalogue.ts';
import { readDefinition } from '../../src/utils/definition-folder.ts';
import { temporaryProject } from '../config/temporary-project.ts';

vi.mock(import('../../src/utils/definition-folder.ts'), async (original) => {
  const module = await original();
  return { ...module, readDefinition: vi.fn<typeof module.readDefinition>(module.readDefinition) };
});

const read = () => vi.mocked(readDefinition).mock.calls.map(([path]) => basename(path));

it('of a built-in role that only the settings are asked for, the instructions for its tasks are not read', () => {
  vi.mocked(readDefinition).mockClear();
  const catalogue = new RoleCatalogue();
  const roles = catalogue.declarations.length;
  expect(roles).toBeGreaterThan(0);
  expect(read()).toEqual(Array.from({ length: roles }, () => 'role.md'));
  expect([...(catalogue.find('developer')?.tasks.keys() ?? [])]).toContain('implementation');
  expect(read().slice(roles)).toContain('implementation.md');
});

it('of a role that somebody wrote all of it is read, so that what is wrong with it is told at once', () => {
  const workspace = temporaryProject({
    '.multiagent/agents/reviewer/role.md': '---\ntitle: Reviewer\n---\n\nYou review.\n',
    '.multiagent/agents/reviewer/code_review.md': '---\nexpects: words\n---\n\nReview it.\n',
  });
  expect(() => new RoleCatalogue({ workspace }).declarations).toThrow(/code_review\.md cannot be used as a role: line 2/);
});
