import { expect, it } from 'vitest';
import { completeSettings } from '../../../src/config/complete-settings.ts';
import { modelFor, modelUsersOf } from '../../../src/orchestrator/models/model-user.ts';
import { StepKindRegistry } from '../../../src/orchestrator/step-kinds/step-kind-registry.ts';
import { WorkflowCatalogue } from '../../../src/workflows/workflow-catalogue.ts';
import type { WorkflowStep } from '../../../src/workflows/workflow-schema.ts';

const settings = completeSettings({
  models: { a: { model: 'a' }, b: { model: 'b' }, c: { model: 'c' } },
  default_model: 'a',
  task_models: { testing: 'b' },
  agents: { qa_engineer: { model: 'c' } },
});

it.each([
  [{ role: 'developer', taskType: 'implementation' }, 'a'],
  [{ role: 'qa_engineer', taskType: 'bug_analysis' }, 'c'],
  [{ role: 'qa_engineer', taskType: 'testing' }, 'b'],
  [{ role: 'qa_engineer', taskType: 'testing', model: 'default' }, 'default'],
])('a task asks the model of its step, else of its type, else of its role, else the default: %j', (user, name) => {
  expect(modelFor(settings, user).name).toBe(name);
});

it('everybody in a run is known beforehand, also in the workflows that its steps name, however they name each other', () => {
  const kinds = new StepKindRegistry();
  const catalogue = new WorkflowCatalogue({ kinds: () => kinds.declarations });
  const step = (id: string, rest: object): WorkflowStep => ({ id, kind: 'workflow', description: 'Do it', depends_on: [], priority: 1, ...rest });
  catalogue.register({ name: 'round', title: 'Round', description: 'It names itself.', steps: [step('again', { workflow: 'round' })] as never });
  const steps = [
    step('inner', { workflow: 'bug_fix' }),
    step('round', { workflow: 'round' }),
    step('none', { workflow: 'there_is_none' }),
    step('pause', { kind: 'wait', seconds: 1 }),
    step('own', { kind: 'agent', role: 'developer', task_type: 'refactoring', expects: 'files', model: 'b' }),
  ];
  const users = modelUsersOf({ steps }, { kinds, workflowNamed: (name) => catalogue.get(name) });
  expect(users.map(({ role, taskType, model }) => [role, taskType, model])).toEqual([
    ['qa_engineer', 'bug_analysis', undefined],
    ['developer', 'bug_fix', undefined],
    ['qa_engineer', 'regression_testing', undefined],
    ['technical_writer', 'release_notes', undefined],
    ['developer', 'refactoring', 'b'],
  ]);
});
