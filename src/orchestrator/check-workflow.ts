import type { BaseAgent } from '../agents/base-agent.ts';
import type { RoleCatalogue } from '../agents/role-catalogue.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { nearestName } from '../utils/nearest-name.ts';
import { graphProblems } from '../workflows/graph-problems.ts';
import { invalidWorkflow } from '../workflows/invalid-workflow.ts';
import { resolveInputs } from '../workflows/resolve-inputs.ts';
import type { StepKindRegistry } from './step-kinds/step-kind-registry.ts';
import type { Workflow } from './workflow.ts';

/** @throws MultiagentError before anything has begun: an input that is missing or wrong, steps that cannot be put in an order, or a role that nobody plays, `step.unknown_kind`. */
export function checkWorkflow(
  { definition, requirement, inputs }: Workflow,
  {
    agents,
    known,
    kinds,
  }: {
    agents: readonly Pick<BaseAgent, 'role'>[];
    known: Pick<RoleCatalogue, 'roles' | 'whyUnclear'>;
    kinds: Pick<StepKindRegistry, 'needsOf' | 'withInner'>;
  },
): void {
  resolveInputs(definition, { requirement, inputs });
  const roles = new Set(agents.map(({ role }) => role));
  // A definition that a program made itself has not been checked yet.
  const problems = graphProblems(definition.steps);
  if (problems.length > 0) throw invalidWorkflow(definition.name, problems);
  const needed = definition.steps
    .flatMap((step) => kinds.withInner(step))
    .map((step) => kinds.needsOf(step))
    .flatMap((needs) => (needs.model ? [needs.role] : []));
  const missing = [...new Set(needed)].filter((role) => !roles.has(role));
  if (missing.length === 0) return;
  throw new MultiagentError({
    category: 'usage',
    code: 'workflow.role_missing',
    message: `The workflow ${definition.name} needs ${missing.join(' and ')}, and nobody on the team plays ${missing.length === 1 ? 'this role' : 'these roles'}.`,
    hint: mend(missing[0] ?? '', [...roles], known),
  });
}

function mend(missing: string, played: string[], known: Pick<RoleCatalogue, 'roles' | 'whyUnclear'>): string {
  const unclear = known.whyUnclear(missing);
  if (unclear !== undefined) return `${unclear}.`;
  // A role that is known was taken out; any other was never there.
  if (known.roles.some(({ id }) => id === missing))
    return `Set agents.${missing}.enabled to true in config.yaml, or add an agent with this role.`;
  const near = nearestName(missing, played);
  return near === undefined ? `Name one that is played (${played.join(', ')}), or add an agent with this role.` : `Did you mean "${near}"?`;
}
