import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { workflowSchemaText } from '../../scripts/workflow-schema-text.ts';
import { startingWorkflow } from '../../src/cli/definitions/starting-workflow.ts';
import { agentStepsOnly, type StepKindDeclaration } from '../../src/workflows/step-kind-declaration.ts';
import { workflowJsonSchema } from '../../src/workflows/workflow-json-schema.ts';
import { innerSteps } from '../../src/workflows/workflow-schema.ts';
import { workflowSchemaFile } from '../../src/workflows/workflow-schema-file.ts';

const shipped = readFileSync(workflowSchemaFile, 'utf8');
const schema = z.fromJSONSchema(JSON.parse(shipped) as Parameters<typeof z.fromJSONSchema>[0]);
const accepts = (value: unknown) => schema.safeParse(value).success;

const templates = join(import.meta.dirname, '../../src/workflows/templates');
const step = { id: 'a', description: 'Do it', role: 'developer', task_type: 'implementation', expects: 'files' };
const workflow = (...steps: object[]) => ({ name: 'a', title: 'A', description: 'It is one.', steps });

/** Every YAML sample of the documentation that is a workflow, or a list of its steps. */
const samples = ['workflows.md', 'approvals.md', 'steps.md', 'roles.md'].flatMap((page) => {
  const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8');
  return [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml = ''], index): [name: string, value: unknown] => {
    const value: unknown = parse(yaml);
    return [`${page}, number ${index + 1}`, Array.isArray(value) ? workflow(...(value as object[])) : value];
  });
});

describe('the JSON Schema of workflow files', () => {
  it('is tried with samples of every page', () => {
    expect(samples.length).toBeGreaterThan(10);
  });

  it('is as the schema of the program is now (npm run docs:workflows writes it)', () => {
    expect(shipped).toBe(workflowSchemaText());
  });

  it.each(readdirSync(templates))('accepts %s', (file) => {
    expect(accepts(parse(readFileSync(join(templates, file), 'utf8')))).toBe(true);
  });

  it.each(samples)('accepts the sample of %s', (_, value) => {
    expect(schema.safeParse(value).error).toBeUndefined();
  });

  it('says what each key means, for editors', () => {
    interface Described {
      properties?: Record<string, { description?: string }>;
    }
    const { definitions, ...workflow } = JSON.parse(shipped) as Described & { definitions: Record<string, Described> };
    const silent = Object.entries({ workflow, ...definitions }).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).flatMap(([key, { description }]) => (description === undefined ? [`${name}.${key}`] : [])),
    );
    expect(silent).toEqual([]);
  });

  it('accepts what "workflows new" writes', () => {
    expect(accepts(parse(startingWorkflow('a')))).toBe(true);
  });

  it('goes into the steps within the steps of a kind', () => {
    const rounds: StepKindDeclaration = { options: z.object({ steps: innerSteps, otherwise: innerSteps.optional() }) };
    const kinds = new Map([...agentStepsOnly, ['rounds', rounds]]);
    const generated = z.fromJSONSchema(workflowJsonSchema(kinds));
    const around = (inner: object) => workflow({ id: 'r', kind: 'rounds', description: 'Go round.', steps: [inner], otherwise: [step] });
    expect(generated.safeParse(around(around(step).steps[0] ?? {})).success).toBe(true);
    expect(generated.safeParse(around({ ...step, nonsense: 1 })).success).toBe(false);
  });

  test.each<[what: string, accepted: boolean, value: unknown]>([
    ['a step of an agent', true, workflow(step)],
    ['a step that says its kind', true, workflow({ ...step, kind: 'agent' })],
    ['a step that waits', true, workflow({ id: 'w', kind: 'wait', description: 'Wait.', seconds: 3 })],
    ['an unknown key', false, { ...workflow(step), nonsense: 1 }],
    ['an unknown key of a step', false, workflow({ ...step, nonsense: 1 })],
    ['an unknown kind', false, workflow({ ...step, kind: 'agnet' })],
    [
      'a kind whose steps only join runs by themselves',
      false,
      workflow({ ...step, kind: 'rework', ask: 'So?', comment: 'No.', paths: [], asked: 1 }),
    ],
    ['a key of another kind', false, workflow({ ...step, seconds: 3 })],
    ['a step without a role', false, workflow({ ...step, role: undefined })],
    ['a step that waits, without its kind', false, workflow({ id: 'w', description: 'Wait.', seconds: 3 })],
    ['a name in kebab-case', true, { ...workflow(step), name: 'a-b' }],
    ['a name that begins with a hyphen', false, { ...workflow(step), name: '-b' }],
    ['a title with a line break', false, { ...workflow(step), title: 'a\nb' }],
    ['no steps', false, workflow()],
  ])('%s: %s', (_, accepted, value) => {
    expect(accepts(JSON.parse(JSON.stringify(value)))).toBe(accepted);
  });
});
