import { join } from 'node:path';
import { expect, it } from 'vitest';
import { WorkflowCatalogue } from '../../src/workflows/workflow-catalogue.ts';
import { keepPrivate } from '../../src/workflows/keep-private.ts';
import { temporaryProject } from '../config/temporary-project.ts';

const house = (lines: string) =>
  `name: house\nsteps:\n  - { id: one, role: developer, task_type: quick_answer, description: Look., expects: text${lines} }\n`;

it.each<[string, string | undefined, string, boolean | undefined]>([
  ['one with a private step', ', private: true', '', true],
  ['one with a private step, though it says the contrary', ', private: true', ', private: false', true],
  ['one without', '', '', undefined],
  ['none of the person', undefined, '', undefined],
  ['none, and asks for privacy itself', undefined, ', private: true', true],
])('a workflow of the project in the place of %s', (_, own, project, expected) => {
  const ownFolder = temporaryProject(own === undefined ? {} : { 'workflows/house.yaml': house(own) });
  const workspace = temporaryProject({ [join('.multiagent', 'workflows', 'house.yaml')]: house(project) });
  expect(new WorkflowCatalogue({ ownFolder, workspace }).get('house').steps[0]?.private).toBe(expected);
});

it('privacy counts at whatever depth it was asked for', () => {
  const step = { id: 'a', kind: 'agent', description: '', depends_on: [], priority: 1 } as never;
  const replaced = { steps: [{ id: 'each', kind: 'loop', steps: [{ id: 'in', private: true }] }] } as never;
  expect(keepPrivate({ name: 'w', steps: [step] } as never, replaced).steps[0]?.private).toBe(true);
  expect(keepPrivate({ name: 'w', steps: [step] } as never, { steps: [{ private: false }] } as never).steps[0]?.private).toBeUndefined();
});
