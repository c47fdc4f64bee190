import { expect, test } from 'vitest';
import { checkWorkflow } from '../../src/orchestrator/check-workflow.ts';
import type { Workflow } from '../../src/orchestrator/workflow.ts';

const workflow = (role: string) => ({ requirement: 'Build it.', definition: { name: 'w', steps: [{ role }] } }) as unknown as Workflow;
const played = new Set(['developer', 'technical_writer']);

test.each([
  ['qa_engineer', 'Set agents.qa_engineer.enabled to true in config.yaml, or add an agent with this role.'],
  ['develper', 'Did you mean "developer"?'],
  ['boss', 'Name one that is played (developer, technical_writer), or add an agent with this role.'],
])('where nobody plays %s it says: %s', (role, hint) => {
  expect(() => checkWorkflow(workflow(role), played)).toThrow(expect.objectContaining({ code: 'workflow.role_missing', hint }));
});

test('a workflow whose roles are played is taken', () => expect(() => checkWorkflow(workflow('developer'), played)).not.toThrow());
