import process from 'node:process';
import { RoleCatalogue } from '../agents/role-catalogue.ts';
import { ownSettingsFolder } from '../config/own-folders.ts';
import { WorkflowCatalogue } from '../workflows/workflow-catalogue.ts';
import { agentStepsOnly } from '../workflows/workflow-schema.ts';
import { showFile } from '../config/folders.ts';
import type { CatalogueEntry } from '../utils/layered-catalogue.ts';

/** The roles that this person has in this workspace. @throws MultiagentError `role.invalid`. */
export function rolesHere(workspace: string): RoleCatalogue {
  return new RoleCatalogue({ ownFolder: ownSettingsFolder(process.env), workspace });
}

/** The workflows that this person has in this workspace. The code that runs steps is loaded only if there are own workflows. */
export async function workflowsHere(workspace: string): Promise<WorkflowCatalogue> {
  const folders = { ownFolder: ownSettingsFolder(process.env), workspace };
  const catalogue = new WorkflowCatalogue({ ...folders, kinds: () => agentStepsOnly });
  if (!catalogue.hasOwn) return catalogue;
  const { StepKindRegistry } = await import('../orchestrator/step-kinds/step-kind-registry.ts');
  const kinds = new StepKindRegistry();
  return new WorkflowCatalogue({ ...folders, kinds: () => kinds.schemas, startsProgram: (step) => kinds.startsProgram(step) });
}

/** Where a role or a workflow comes from, as text for a person; empty for built-in ones. */
export function originOf({ layer, path }: Pick<CatalogueEntry<unknown>, 'layer' | 'path'>, directory: string): string[] {
  return layer === 'built_in' || path === undefined ? [] : [`from ${showFile(path, directory)}`];
}
