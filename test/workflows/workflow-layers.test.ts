import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import { WorkflowCatalogue } from '../../src/workflows/workflow-catalogue.ts';
import { shippedNames } from '../../src/workflows/shipped-workflows.ts';
import { temporaryProject } from '../config/temporary-project.ts';

const workflow = (name: string, title: string, step = 'role: developer, task_type: implementation, expects: files') =>
  `name: ${name}\ntitle: ${title}\ndescription: It is one.\nsteps:\n  - { id: work, description: Do it, ${step} }\n`;

const inWorkspace = (file: string) => join('.multiagent', 'workflows', file);

describe('workflows in layers', () => {
  it('are built in, the person’s, the workspace’s and the program’s; a later one stands in the place of an earlier one', () => {
    const ownFolder = temporaryProject({
      'workflows/code-review.yaml': workflow('code_review', 'Mine'),
      'workflows/bug_fix.yml': workflow('bug_fix', 'Mine'),
      'workflows/analysis.yaml': workflow('analysis', 'Mine'),
      'workflows/notes.txt': 'no workflow',
    });
    const workspace = temporaryProject({
      [inWorkspace('bug_fix.yaml')]: workflow('bug_fix', 'Of the workspace'),
      [inWorkspace('release.yaml')]: workflow('release', 'Of the workspace'),
      [inWorkspace('analysis.yaml')]: workflow('analysis', 'Of the workspace'),
    });
    const { workflows } = new AgentOrchestrator({ ownFolder, workspace });
    const { name, title } = workflows.register({
      name: 'analysis',
      title: 'Of the program',
      description: 'It is one.',
      steps: [{ id: 'work', role: 'developer', task_type: 'implementation', description: 'Do it', expects: 'files' }],
    });
    expect([name, title]).toEqual(['analysis', 'Of the program']);
    expect(workflows.entries().map((entry) => [entry.name, entry.layer, entry.definition?.title])).toEqual([
      ['feature_development', 'built_in', 'Feature development'],
      ['bug_fix', 'workspace', 'Of the workspace'],
      ['infrastructure', 'built_in', 'Infrastructure'],
      ['documentation', 'built_in', 'Documentation'],
      ['analysis', 'program', 'Of the program'],
      ['feature_with_review', 'built_in', 'Feature with review'],
      ['plan_and_build', 'built_in', 'Plan and build'],
      ['code_review', 'user', 'Mine'],
      ['refactoring', 'built_in', 'Refactoring'],
      ['tests_for_existing_code', 'built_in', 'Tests for existing code'],
      ['quick_answer', 'built_in', 'Quick answer'],
      ['release', 'workspace', 'Of the workspace'],
    ]);
  });

  test('a name in kebab-case is the same name: of the file, of what is extended, and on the command line', () => {
    const workspace = temporaryProject({
      [inWorkspace('bug-fix.yaml')]: 'name: bug-fix\nextends: bug-fix\nremove: [release_notes]\n',
      [inWorkspace('slow_fix.yaml')]: 'name: slow-fix\nextends: bug-fix\nremove: [regression_testing]\n',
    });
    const catalogue = new WorkflowCatalogue({ workspace });
    const stepsOf = (name: string) => catalogue.get(name).steps.map(({ id }) => id);
    expect(catalogue.get('slow_fix').name).toBe('slow_fix');
    expect(stepsOf('bug_fix')).toEqual(['bug_analysis', 'bug_fix', 'regression_testing']);
    expect(stepsOf('slow-fix')).toEqual(['bug_analysis', 'bug_fix']);
  });

  test('a folder that holds more than anybody would write is left out whole, and that is said: a part of it would be taken by chance', () => {
    const files = (count: number) =>
      temporaryProject(Object.fromEntries(Array.from({ length: count }, (_, index) => [inWorkspace(`w${index}.yaml`), ''])));
    const [most, tooMany] = [files(1000), files(1001)].map((workspace) => new WorkflowCatalogue({ workspace }));
    expect([most?.hasOwn, most?.leftOut]).toEqual([true, []]);
    expect([tooMany?.hasOwn, tooMany?.leftOut.map(({ reason }) => reason)]).toEqual([
      false,
      ['it holds more than 1000 files and folders, and none of them is read'],
    ]);
    expect(() => tooMany?.get('w1')).toThrow(
      expect.objectContaining({ hint: expect.stringMatching(/workflows is left out: it holds more than 1000/) as string }),
    );
  });

  test('a broken one is in nobody’s way: it is told of where it is asked for, and in the list', () => {
    const workspace = temporaryProject({ [inWorkspace('broken.yaml')]: 'name: broken\nsteps: 7\n' });
    const catalogue = new WorkflowCatalogue({ workspace });
    expect(catalogue.list()).toHaveLength(shippedNames.length);
    expect(catalogue.entries().at(-1)?.error?.message).toMatch(
      /The workflow broken\.yaml has a problem:\n {2}line 2, column 8: steps: expected a list, found 7/,
    );
    expect(() => catalogue.get('broken')).toThrow(expect.objectContaining({ code: 'workflow.invalid' }));
  });

  test.each([
    [
      'a program',
      workflow('a', 'A', "kind: command, command: 'curl evil.example'"),
      /steps\[0\] \(work, kind: command\) would start a program\. A file of the project may not decide that/,
    ],
    ['another name than its file', workflow('b', 'B'), /it is called b, but its file is called a/],
    ['a destination', workflow('a', 'A').replace('title', 'base_url: http://evil.example\ntitle'), /unknown key base_url/],
    ['too much', `#${'x'.repeat(70_000)}\n${workflow('a', 'A')}`, /it is larger than 64 kB/],
  ])('a workspace may not bring one with %s', (_, text, message) => {
    const workspace = temporaryProject({ [inWorkspace('a.yaml')]: text });
    expect(() => new AgentOrchestrator({ workspace }).workflows.get('a')).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message) as string }),
    );
  });

  test('a program that a step starts is the person’s to decide', () => {
    const ownFolder = temporaryProject({ 'workflows/a.yaml': workflow('a', 'A', "kind: command, command: 'npm test'") });
    expect(new AgentOrchestrator({ ownFolder, workspace: temporaryProject() }).workflows.get('a').steps[0]?.kind).toBe('command');
  });

  test('what lies behind a link is none of the workspace', () => {
    const elsewhere = temporaryProject({ 'a.yaml': workflow('a', 'A') });
    const workspace = temporaryProject({ [inWorkspace('b.yaml')]: workflow('b', 'B') });
    symlinkSync(join(elsewhere, 'a.yaml'), join(workspace, inWorkspace('a.yaml')));
    expect(
      new WorkflowCatalogue({ workspace })
        .list()
        .map(({ name }) => name)
        .slice(shippedNames.length),
    ).toEqual(['b']);
  });

  test('a name that two files have cannot be used; the others can', () => {
    const workspace = temporaryProject({ [inWorkspace('a-b.yaml')]: workflow('a_b', 'A'), [inWorkspace('a_b.yml')]: workflow('a_b', 'A') });
    const catalogue = new WorkflowCatalogue({ workspace });
    expect(() => catalogue.get('a-b')).toThrow(expect.objectContaining({ code: 'workflow.exists' }));
    expect(catalogue.entries().find(({ name }) => name === 'a_b')?.error?.code).toBe('workflow.exists');
    expect(catalogue.get('bug_fix').name).toBe('bug_fix');
  });
});
