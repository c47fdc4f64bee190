import { compiledDefinition } from '../utils/compiled-definition.ts';
import type { WorkflowDefinition } from './workflow-schema.ts';

/** The workflows that the program has had from the beginning; they never change. */
export const templateNames = ['feature_development', 'bug_fix', 'infrastructure', 'documentation', 'analysis'] as const;

/** The built-in workflows, in menu order. */
export const shippedNames = [
  ...templateNames,
  'feature_with_review',
  'plan_and_build',
  'code_review',
  'refactoring',
  'tests_for_existing_code',
  'quick_answer',
] as const;

/** A built-in workflow as the build has read it; undefined where nothing was built. */
export function shippedWorkflow(name: string): WorkflowDefinition | undefined {
  return compiledDefinition(`workflows/templates/${name}.yaml`) as WorkflowDefinition | undefined;
}

/** All of them, in menu order; empty where nothing was built. */
export function shippedWorkflows(): WorkflowDefinition[] {
  return shippedNames.flatMap((name) => shippedWorkflow(name) ?? []);
}
