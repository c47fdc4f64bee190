import { expect, test } from 'vitest';
import { builtInRoles } from '../../src/agents/role-catalogue.ts';
import { checkWorkflow } from '../../src/orchestrator/check-workflow.ts';
import { StepKindRegistry } from '../../src/orchestrator/step-kinds/step-kind-registry.ts';
import type { Workflow } from '../../src/orchestrator/workflow.ts';

const step = (id: string, role = 'developer', depends_on: string[] = []) => ({
  id,
  kind: 'agent',
  role,
  task_type: 'work',
  expects: 'files',
  depends_on,
});
const of = (...steps: object[]) => ({ requirement: 'Build it.', definition: { name: 'w', steps } }) as unknown as Workflow;
const workflow = (role: string) => of(step('a', role));
const played = {
  agents: [{ role: 'developer' }, { role: 'technical_writer' }],
  known: {
    roles: builtInRoles().roles,
    whyUnclear: (role: string) => (role === 'twice' ? 'agents/twice cannot be used as a role: it is there twice' : undefined),
  },
  kinds: new StepKindRegistry(),
};

test.each([
  ['qa_engineer', 'Set agents.qa_engineer.enabled to true in config.yaml, or add an agent with this role.'],
  ['develper', 'Did you mean "developer"?'],
  ['twice', 'agents/twice cannot be used as a role: it is there twice.'],
  ['boss', 'Name one that is played (developer, technical_writer), or add an agent with this role.'],
])('where nobody plays %s it says: %s', (role, hint) => {
  expect(() => checkWorkflow(workflow(role), played)).toThrow(expect.objectContaining({ code: 'workflow.role_missing', hint }));
});

test('a workflow whose roles are played is taken', () => expect(() => checkWorkflow(workflow('developer'), played)).not.toThrow());

test.each([
  ['a circle', [step('a', 'developer', ['b']), step('b', 'developer', ['a'])], /in a circle: a → b → a/],
  ['an unknown step', [step('a', 'developer', ['c'])], /a depends on the unknown step c/],
])('a definition that a program made is refused for %s before anything has begun', (_, steps, message) => {
  expect(() => checkWorkflow(of(...steps), played)).toThrow(
    expect.objectContaining({ code: 'workflow.invalid', message: expect.stringMatching(message) as string }),
  );
});
