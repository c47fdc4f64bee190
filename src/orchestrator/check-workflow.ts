import { MultiagentError } from '../utils/multiagent-error.ts';
import { nearestName } from '../utils/nearest-name.ts';
import type { Workflow } from './workflow.ts';

/** @throws MultiagentError before anything has begun: an empty requirement, or a role that nobody plays. */
export function checkWorkflow({ definition, requirement }: Workflow, roles: ReadonlySet<string>): void {
  if (requirement.trim() === '') {
    throw new MultiagentError({
      code: 'requirement.empty',
      message: 'The requirement is empty.',
      hint: 'Write what is to be built into a file and give it with --req, or give a sentence with --requirement.',
    });
  }
  const missing = [...new Set(definition.steps.map(({ role }) => role))].filter((role) => !roles.has(role));
  if (missing.length === 0) return;
  const near = nearestName(missing[0] ?? '', roles);
  throw new MultiagentError({
    code: 'workflow.role_missing',
    message: `The workflow ${definition.name} needs ${missing.join(' and ')}, and nobody on the team plays ${missing.length === 1 ? 'this role' : 'these roles'}.`,
    hint:
      near && near !== missing[0]
        ? `Did you mean "${near}"?`
        : `Set agents.${missing[0]}.enabled to true in config.yaml, or add an agent with this role.`,
  });
}
