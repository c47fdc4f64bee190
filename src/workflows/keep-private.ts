import { asksPrivacy } from '../utils/asks-privacy.ts';
import type { WorkflowDefinition } from './workflow-schema.ts';

/**
 * A workflow in the place of another one. Where that one keeps anything on this machine, all of this one stays here: which of its steps do the same work, nobody
 * can tell.
 */
export function keepPrivate(definition: WorkflowDefinition, replaced: Pick<WorkflowDefinition, 'steps'>): WorkflowDefinition {
  if (!asksPrivacy(replaced.steps)) return definition;
  return { ...definition, steps: definition.steps.map((step) => ({ ...step, private: true })) };
}
