import process from 'node:process';
import { RoleCatalogue } from '../agents/role-catalogue.ts';
import { ownSettingsFolder } from '../config/own-folders.ts';
import { WorkflowCatalogue } from '../workflows/workflow-catalogue.ts';
import { agentStepsOnly } from '../workflows/workflow-schema.ts';

/** The roles there are for this person in this workspace. @throws MultiagentError `role.invalid`. */
export function rolesHere(workspace: string): RoleCatalogue {
  return new RoleCatalogue({ ownFolder: ownSettingsFolder(process.env), workspace });
}

/** The workflows there are for this person in this workspace. What runs steps is loaded only where somebody has workflows of their own. */
export async function workflowsHere(workspace: string): Promise<WorkflowCatalogue> {
  const folders = { ownFolder: ownSettingsFolder(process.env), workspace };
  const catalogue = new WorkflowCatalogue({ ...folders, kinds: () => agentStepsOnly });
  if (!catalogue.hasOwn) return catalogue;
  const { StepKindRegistry } = await import('../orchestrator/step-kinds/step-kind-registry.ts');
  const kinds = new StepKindRegistry();
  return new WorkflowCatalogue({ ...folders, kinds: () => kinds.schemas, startsProgram: (step) => kinds.startsProgram(step) });
}
