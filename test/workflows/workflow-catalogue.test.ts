import { describe, expect, test } from 'vitest';
import { shippedNames } from '../../src/workflows/shipped-workflows.ts';
import { WorkflowCatalogue } from '../../src/workflows/workflow-catalogue.ts';
import type { WorkflowDefinitionInput } from '../../src/workflows/workflow-schema.ts';

const own: WorkflowDefinitionInput = {
  name: 'second_look',
  title: 'Second look',
  description: 'One look at the code.',
  steps: [{ id: 'review', role: 'developer', task_type: 'review', description: 'Review the code', expects: 'text' }],
};

describe('WorkflowCatalogue', () => {
  test.each(['feature_development', 'feature-development', 'Feature-Development', ' feature_development '])(
    'finds a workflow as %j',
    (name) => {
      expect(new WorkflowCatalogue().get(name).name).toBe('feature_development');
    },
  );

  test('an unknown name is answered with the nearest name and all names', () => {
    expect(() => new WorkflowCatalogue().get('featur-developmnt')).toThrow(
      expect.objectContaining({
        code: 'workflow.unknown',
        hint: `Did you mean feature-development? Workflows: ${shippedNames.map((name) => name.replaceAll('_', '-')).join(', ')}.`,
      }),
    );
  });

  test('a name like no other is answered without a guess, and cannot steer a terminal', () => {
    expect(() => new WorkflowCatalogue().get('\u001B[31mzzzzzzzz')).toThrow(
      expect.objectContaining({
        message: 'There is no workflow called \\u{1b}[31mzzzzzzzz.',
        hint: expect.stringMatching(/^Workflows: /) as string,
      }),
    );
  });

  test.each(['constructor', '__proto__', 'toString'])('%s is no workflow', (name) => {
    expect(() => new WorkflowCatalogue().get(name)).toThrow(expect.objectContaining({ code: 'workflow.unknown' }));
  });

  test("a workflow of one's own is listed last, with its defaults filled in", () => {
    const catalogue = new WorkflowCatalogue();
    const registered = catalogue.register(own);
    expect(registered.steps[0]).toMatchObject({ kind: 'agent', depends_on: [], priority: 1 });
    expect(catalogue.list().at(-1)).toEqual(registered);
    expect(catalogue.get('second-look')).toEqual(registered);
  });

  test('catalogues do not share what was registered', () => {
    new WorkflowCatalogue().register(own);
    expect(new WorkflowCatalogue().list()).toHaveLength(shippedNames.length);
  });

  test('a name that was registered before is refused, and the present workflow stays', () => {
    const catalogue = new WorkflowCatalogue();
    catalogue.register(own);
    expect(() => catalogue.register({ ...own, title: 'Other' })).toThrow(expect.objectContaining({ code: 'workflow.exists' }));
    expect(catalogue.get('second_look').title).toBe(own.title);
  });

  test('a definition that is wrong is refused with all its problems, and nothing is kept', () => {
    const catalogue = new WorkflowCatalogue();
    const step = own.steps[0] as (typeof own.steps)[number];
    expect(() => catalogue.register({ ...own, title: '', steps: [{ ...step, depends_on: ['reviw'] }] })).toThrow(
      expect.objectContaining({
        code: 'workflow.invalid',
        message:
          'The workflow second_look has 2 problems:\n  title: expected a text, found an empty one\n  steps[0]: review depends on the unknown step reviw; did you mean review?',
      }),
    );
    expect(catalogue.list()).toHaveLength(shippedNames.length);
  });

  test.each([null, undefined, 'text', [], 7])('%j is refused as a definition', (value) => {
    expect(() => new WorkflowCatalogue().register(value as unknown as WorkflowDefinitionInput)).toThrow(
      expect.objectContaining({ code: 'workflow.invalid' }),
    );
  });

  test('what a caller changes in a definition changes nothing in the catalogue', () => {
    const catalogue = new WorkflowCatalogue();
    catalogue.get('analysis').steps.pop();
    catalogue.list()[4]?.steps.pop();
    catalogue.register(own).steps.pop();
    expect(catalogue.get('analysis').steps).toHaveLength(4);
    expect(catalogue.get('second_look').steps).toHaveLength(1);
  });
});
