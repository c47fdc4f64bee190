import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StepKindRegistry } from '../../src/orchestrator/step-kinds/step-kind-registry.ts';
import { WorkflowCatalogue } from '../../src/workflows/workflow-catalogue.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A catalogue with these files in the workspace (`ws/…`) or the person's own folder (`own/…`). */
function catalogueOf(files: Record<string, string>) {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    const [where, file = ''] = name.split('/');
    const place = where === 'own' ? join(folder, 'own', 'workflows') : join(folder, 'ws', '.multiagent', 'workflows');
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, file), text);
  }
  const kinds = new StepKindRegistry();
  return new WorkflowCatalogue({
    kinds: () => kinds.declarations,
    startsProgram: (step, named) => kinds.startsProgram(step, named),
    ownFolder: join(folder, 'own'),
    workspace: join(folder, 'ws'),
  });
}

const base = `
name: base
title: The base
description: What is extended.
vars: { tone: calm }
steps:
  - { id: plan, role: business_analyst, task_type: requirements_analysis, expects: text }
  - { id: build, role: developer, task_type: implementation, expects: files, depends_on: [plan] }
  - { id: tests, role: qa_engineer, task_type: testing, expects: files, depends_on: [build] }
  - { id: docs, role: technical_writer, task_type: documentation, expects: files, depends_on: [build, tests] }
`;
const graphOf = (catalogue: WorkflowCatalogue, name: string) =>
  Object.fromEntries(catalogue.get(name).steps.map(({ id, depends_on }) => [id, depends_on]));

describe('a workflow that extends another one', () => {
  it('replaces steps, puts others before and after them, and leaves some out; what depends on them is put right', () => {
    const catalogue = catalogueOf({
      'ws/base.yaml': base,
      'ws/more.yaml': `
name: more
extends: base
vars: { more: true }
replace:
  build: { role: architect, task_type: implementation, expects: files }
insert_before:
  build:
    - { id: question, kind: question, ask: What exactly? }
insert_after:
  build:
    - { id: look, kind: wait, signal: looked }
    - { id: say, kind: wait, signal: said, depends_on: [look] }
remove: [tests]
`,
    });
    expect(graphOf(catalogue, 'more')).toEqual({
      plan: [],
      question: ['plan'],
      build: ['plan', 'question'],
      look: ['build'],
      say: ['look'],
      docs: ['build', 'say'],
    });
    const { title, description, vars, steps } = catalogue.get('more');
    expect({ title, description, vars }).toEqual({ title: 'More', description: 'What is extended.', vars: { tone: 'calm', more: true } });
    expect(steps.find(({ id }) => id === 'build')).toMatchObject({ role: 'architect' });
    expect(graphOf(catalogue, 'base')['docs']).toEqual(['build', 'tests']);
  });

  it('puts out what that one puts out, and its own', () => {
    const catalogue = catalogueOf({
      'ws/base.yaml': `${base}outputs: { plan: steps.plan.text, tone: vars.tone }\n`,
      'ws/more.yaml': 'name: more\nextends: base\noutputs: { tone: "\'loud\'" }\n',
    });
    expect(catalogue.get('more').outputs).toEqual({ plan: 'steps.plan.text', tone: "'loud'" });
  });

  it('keeps a step that is called like something every object has', () => {
    const steps = '\nsteps:\n  - { id: constructor, kind: wait, seconds: 1 }\n';
    const catalogue = catalogueOf({ 'ws/base.yaml': `name: base${steps}`, 'ws/more.yaml': 'name: more\nextends: base\n' });
    expect(catalogue.get('more').steps).toEqual(catalogue.get('base').steps);
  });

  it('may extend one that extends another one, a built-in one, and one of its own name in an earlier layer', () => {
    const catalogue = catalogueOf({
      'ws/bug_fix.yaml': 'name: bug_fix\nextends: bug_fix\nremove: [release_notes]\n',
      'own/short.yaml': 'name: short\nextends: bug_fix\nremove: [regression_testing]\n',
    });
    expect(Object.keys(graphOf(catalogue, 'bug_fix'))).toEqual(['bug_analysis', 'bug_fix', 'regression_testing']);
    expect(Object.keys(graphOf(catalogue, 'short'))).toEqual(['bug_analysis', 'bug_fix']);
  });

  it('can be registered by a program', () => {
    const catalogue = catalogueOf({});
    catalogue.register({
      name: 'quick',
      extends: 'analysis',
      insert_before: { requirements_gathering: [{ id: 'ask', kind: 'question', ask: 'Why?' }] },
    });
    expect(graphOf(catalogue, 'quick')['requirements_gathering']).toEqual(['ask']);
  });

  it('of a project may not start a program either, wherever the step comes from', () => {
    const command = 'steps:\n  - { id: ls, kind: command, command: ls }\n';
    const catalogue = catalogueOf({
      'own/listing.yaml': `name: listing\n${command}`,
      'ws/taken.yaml': 'name: taken\nextends: listing\n',
      'ws/added.yaml':
        'name: added\nextends: analysis\ninsert_before: { requirements_gathering: [{ id: ls, kind: command, command: ls }] }\n',
      'ws/inside.yaml':
        'name: inside\nsteps:\n  - id: again\n    kind: loop\n    until: "true"\n    steps: [{ id: ls, kind: command, command: ls }]\n',
      'own/outer.yaml':
        'name: outer\nsteps:\n  - { id: listing, kind: workflow, workflow: listing }\n  - { id: again, kind: workflow, workflow: outer }\n',
      'ws/named.yaml': 'name: named\nsteps:\n  - { id: listing, kind: workflow, workflow: Listing }\n',
      'ws/far.yaml':
        'name: far\nsteps:\n  - id: again\n    kind: loop\n    until: "true"\n    steps: [{ id: outer, kind: workflow, workflow: outer }]\n',
      'ws/harmless.yaml':
        'name: harmless\nsteps:\n  - { id: fix, kind: workflow, workflow: bug-fix }\n  - { id: missing, kind: workflow, workflow: missing }\n',
    });
    expect(catalogue.get('listing').steps).toHaveLength(1);
    expect(catalogue.get('harmless').steps).toHaveLength(2);
    for (const name of ['taken', 'added', 'inside', 'named', 'far'])
      expect(() => catalogue.get(name)).toThrow('would start a program. A file of the project may not decide that.');
  });

  it.each<[string, string, string]>([
    ['an unknown workflow', 'extends: bas', 'line 2, column 10: extends: There is no workflow called bas. Did you mean base?'],
    ['an unknown step', 'extends: base\nremove: [test]', 'line 3, column 10: remove[0]: base has no step test; did you mean tests?'],
    [
      'an unknown step to replace',
      'extends: base\nreplace:\n  bild: { role: x }',
      'line 4, column 3: replace.bild: base has no step bild; did you mean build?',
    ],
    [
      'a broken step',
      'extends: base\nreplace:\n  build: { role: Dev, task_type: x, expects: text }',
      'line 4, column 18: replace.build.role: expected snake_case, such as code_review, found "Dev"',
    ],
    [
      'a broken condition',
      "extends: base\ninsert_after:\n  build:\n    - { id: more, kind: wait, seconds: 1, when: steps.bild.status == 'failed' }",
      'line 5, column 55: insert_after.build[0].when: in steps the name bild is not known; did you mean build?',
    ],
    ['an id that is there', 'extends: base\ninsert_before:\n  build: [{ id: plan, kind: wait, seconds: 1 }]', 'the id plan is used twice'],
    [
      'a step that is replaced and removed',
      'extends: base\nreplace:\n  build: { kind: wait, seconds: 1 }\nremove: [build]',
      'line 4, column 10: replace.build: build is both replaced and removed',
    ],
    [
      'what names a step that was left out',
      'extends: needs\nremove: [plan]',
      'line 2, column 10: extends: its step after.when: in steps the name plan is not known',
    ],
    ['steps beside it', 'extends: base\nsteps: []', 'line 3, column 1: unknown key steps'],
    ['a broken workflow', 'extends: broken', 'line 2, column 10: extends: it extends a workflow that is broken: steps: is missing'],
    [
      'itself',
      'extends: it',
      'line 2, column 10: extends: it extends a workflow that is broken: it extends itself, and no earlier layer has a workflow of this name',
    ],
    [
      'one that extends it',
      'extends: round',
      'line 2, column 10: extends: the workflows extend each other in a circle: round → it → round',
    ],
  ])('is refused with the place in its own file: %s', (_, text, problem) => {
    const catalogue = catalogueOf({
      'ws/base.yaml': base,
      'ws/needs.yaml': `name: needs\nsteps:\n  - { id: plan, kind: wait, seconds: 1 }\n  - { id: after, kind: wait, seconds: 1, when: steps.plan.status == 'completed' }\n`,
      'ws/broken.yaml': 'name: broken\n',
      'ws/round.yaml': 'name: round\nextends: it\n',
      'ws/it.yaml': `name: it\n${text}\n`,
    });
    expect(() => catalogue.get('it')).toThrow(problem);
  });
});
