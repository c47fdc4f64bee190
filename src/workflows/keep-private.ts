import type { WorkflowDefinition } from './workflow-schema.ts';

/**
 * A workflow in the place of another one. Where that one keeps anything on this machine, all of this one stays here: which of its steps do the same work, nobody
 * can tell.
 */
export function keepPrivate(definition: WorkflowDefinition, replaced: unknown): WorkflowDefinition {
  if (!hasPrivate(replaced)) return definition;
  return { ...definition, steps: definition.steps.map((step) => ({ ...step, private: true })) };
}

/** At whatever depth: steps have steps within them. */
function hasPrivate(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasPrivate);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => (key === 'private' && inner === true) || hasPrivate(inner));
}
