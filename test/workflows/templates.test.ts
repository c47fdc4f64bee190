import { describe, expect, test } from 'vitest';
import { StepKindRegistry } from '../../src/orchestrator/step-kinds/step-kind-registry.ts';
import { shippedNames, templateNames } from '../../src/workflows/shipped-workflows.ts';
import { WorkflowCatalogue } from '../../src/workflows/workflow-catalogue.ts';

type Row = [role: string, taskType: string, description: string, dependsOn: number[], expects: 'text' | 'files'];

const promised: Record<string, Row[]> = {
  feature_development: [
    ['business_analyst', 'requirements_analysis', 'Analyze requirements and create user stories', [], 'text'],
    ['developer', 'architecture_design', 'Design system architecture', [1], 'text'],
    ['developer', 'implementation', 'Implement the feature', [2], 'files'],
    ['qa_engineer', 'testing', 'Create and execute test suite', [3], 'files'],
    ['devops_engineer', 'deployment', 'Set up deployment infrastructure', [3], 'files'],
    ['technical_writer', 'documentation', 'Create comprehensive documentation', [3, 4, 5], 'files'],
  ],
  bug_fix: [
    ['qa_engineer', 'bug_analysis', 'Analyze and reproduce the bug', [], 'text'],
    ['developer', 'bug_fix', 'Fix the bug', [1], 'files'],
    ['qa_engineer', 'regression_testing', 'Verify fix and run regression tests', [2], 'files'],
    ['technical_writer', 'release_notes', 'Update release notes', [3], 'files'],
  ],
  infrastructure: [
    ['devops_engineer', 'infrastructure_design', 'Design infrastructure architecture', [], 'text'],
    ['devops_engineer', 'infrastructure_implementation', 'Implement infrastructure as code', [1], 'files'],
    ['qa_engineer', 'infrastructure_testing', 'Test infrastructure setup', [2], 'files'],
    ['technical_writer', 'infrastructure_documentation', 'Document infrastructure setup and operations', [2, 3], 'files'],
  ],
  documentation: [
    ['business_analyst', 'documentation_requirements', 'Gather documentation requirements', [], 'text'],
    ['technical_writer', 'documentation_creation', 'Create comprehensive documentation', [1], 'files'],
    ['developer', 'technical_review', 'Review technical accuracy', [2], 'text'],
  ],
  analysis: [
    ['business_analyst', 'requirements_gathering', 'Gather and analyze requirements', [], 'text'],
    ['developer', 'technical_feasibility', 'Assess technical feasibility', [1], 'text'],
    ['devops_engineer', 'infrastructure_assessment', 'Assess infrastructure requirements', [1], 'text'],
    ['business_analyst', 'final_analysis', 'Compile final analysis report', [2, 3], 'text'],
  ],
};

const added: Record<string, Row[]> = {
  code_review: [
    ['developer', 'code_review', 'Review the code', [], 'text'],
    ['qa_engineer', 'test_review', 'Review what is tested', [1], 'text'],
    ['technical_writer', 'review_report', 'Write the report of the review', [1, 2], 'text'],
  ],
  refactoring: [
    ['developer', 'refactoring_plan', 'Plan the refactoring', [], 'text'],
    ['developer', 'refactoring', 'Carry out the refactoring', [1], 'files'],
    ['qa_engineer', 'test_writing', 'Write the tests', [2], 'files'],
  ],
  tests_for_existing_code: [
    ['qa_engineer', 'test_plan', 'Plan the tests', [], 'text'],
    ['qa_engineer', 'test_writing', 'Write the tests', [1], 'files'],
  ],
  quick_answer: [['developer', 'quick_answer', 'Answer the question', [], 'text']],
};

/** Those with steps of other kinds. */
const composed = ['feature_with_review', 'plan_and_build'];

describe('the templates', () => {
  const catalogue = new WorkflowCatalogue();

  test('stand in menu order, the five originals first', () => {
    expect(catalogue.list().map(({ name }) => name)).toEqual(shippedNames);
    expect(shippedNames).toEqual([...Object.keys(promised), ...composed, ...Object.keys(added)]);
    expect(templateNames).toEqual(Object.keys(promised));
  });

  test.each(Object.entries({ ...promised, ...added }))(
    '%s has the steps that are promised, with the task type as the id of each',
    (name, rows) => {
      expect(catalogue.get(name).steps).toEqual(
        rows.map(([role, task_type, description, dependsOn, expects]) => ({
          id: name === 'quick_answer' ? 'answer' : task_type,
          kind: 'agent',
          role,
          task_type,
          description,
          depends_on: dependsOn.map((number) => rows[number - 1]?.[1]),
          expects,
          priority: 1,
        })),
      );
    },
  );

  test.each(composed)('%s is taken as it is where not all kinds are known, and is sound where they are', (name) => {
    const known = new WorkflowCatalogue({ kinds: () => new StepKindRegistry().declarations }).get(name);
    const { steps, ...about } = catalogue.get(name);
    expect(known).toMatchObject(about);
    expect(steps.map(({ id, kind, depends_on }) => [id, kind, depends_on])).toEqual(
      known.steps.map(({ id, kind, depends_on }) => [id, kind, depends_on]),
    );
  });
});
