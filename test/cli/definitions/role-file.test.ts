import { describe, expect, it } from 'vitest';
import { RoleCatalogue } from '../../../src/agents/role-catalogue.ts';
import { roleFile } from '../../../src/cli/definitions/role-file.ts';
import { startingRole } from '../../../src/cli/definitions/starting-role.ts';
import { temporaryProject } from '../../config/temporary-project.ts';

const plain = (catalogue: RoleCatalogue, name: string) => {
  const { tasks, ...role } = catalogue.find(name)!;
  return { ...role, tasks: Object.fromEntries(tasks) };
};

describe('a role as one file', () => {
  it.each(new RoleCatalogue().roles.map(({ id }) => id))('%s is the same role when the file is read again', (name) => {
    const built = new RoleCatalogue();
    const workspace = temporaryProject({ [`.multiagent/agents/${name}.md`]: roleFile(built.find(name)!) });
    expect(plain(new RoleCatalogue({ workspace }), name)).toEqual(plain(built, name));
  });

  it('is also the same for one with a model, sampling and settings', () => {
    const role = `---
title: Code Reviewer
model: big
sampling: { temperature: 0.1 }
settings: { strictness: { type: number, from: 1, to: 5, default: 3, description: How strict it is. } }
brief: Short.
plain: ''
---

You read code with strictness {{strictness}}.
`;
    const first = new RoleCatalogue({ workspace: temporaryProject({ '.multiagent/agents/reviewer.md': role }) });
    const again = new RoleCatalogue({
      workspace: temporaryProject({ '.multiagent/agents/reviewer.md': roleFile(first.find('reviewer')!) }),
    });
    expect(plain(again, 'reviewer')).toEqual(plain(first, 'reviewer'));
  });
});

it('what "agents new" writes is a role with a setting and a task', () => {
  const catalogue = new RoleCatalogue({ workspace: temporaryProject({ '.multiagent/agents/ux_writer.md': startingRole('ux_writer') }) });
  const role = catalogue.find('ux_writer');
  expect(role).toMatchObject({ title: 'Ux Writer', settings: { focus: { type: 'text' } } });
  expect(role?.tasks.get('advice')).toMatchObject({ expects: 'text' });
  expect(role?.persona.full).toMatch(/^You are an experienced Ux Writer\. You look first at \{\{focus\}\}\./);
});
