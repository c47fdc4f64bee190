import { compiledDefinition } from '../utils/compiled-definition.ts';
import type { WorkflowDefinition } from './workflow-schema.ts';

/** The built-in workflows, in menu order. */
export const templateNames = ['feature_development', 'bug_fix', 'infrastructure', 'documentation', 'analysis'] as const;

/** A built-in workflow as the build has read it; undefined where nothing was built. */
export function shippedWorkflow(name: string): WorkflowDefinition | undefined {
  return compiledDefinition(`workflows/templates/${name}.yaml`) as WorkflowDefinition | undefined;
}

/** All of them, in menu order; empty where nothing was built. */
export function shippedWorkflows(): WorkflowDefinition[] {
  return templateNames.flatMap((name) => shippedWorkflow(name) ?? []);
}
