import process from 'node:process';
import { ownSettingsFolder } from '../../config/own-folders.ts';
import { showFile } from '../../config/folders.ts';
import { definitionFolders, type LeftOutFile, namesIn, tooManyEntries } from '../../utils/definition-folder.ts';
import type { StepKindRegistry } from '../../orchestrator/step-kinds/step-kind-registry.ts';
import type { CatalogueEntry } from '../../utils/layered-catalogue.ts';
import { shippedNames, shippedWorkflows } from '../../workflows/shipped-workflows.ts';
import type { WorkflowCatalogue } from '../../workflows/workflow-catalogue.ts';
import { workflowNameOf } from '../../workflows/workflow-file-name.ts';

/** The workflows that this person has in this workspace. The code that runs steps is loaded only if there are own workflows. */
export async function workflowsHere(workspace: string): Promise<WorkflowCatalogue> {
  const folders = { ownFolder: ownSettingsFolder(process.env), workspace };
  const { WorkflowCatalogue: Catalogue } = await import('../../workflows/workflow-catalogue.ts');
  const catalogue = new Catalogue(folders);
  return catalogue.hasOwn ? (await definitionsHere(workspace)).catalogue : catalogue;
}

/** The workflows of this person in this workspace, with the kinds of steps that they are checked by. */
export interface DefinitionsHere {
  catalogue: WorkflowCatalogue;
  kinds: StepKindRegistry;
}

export async function definitionsHere(workspace: string): Promise<DefinitionsHere> {
  const [{ WorkflowCatalogue: Catalogue }, { StepKindRegistry: Registry }] = await Promise.all([
    import('../../workflows/workflow-catalogue.ts'),
    import('../../orchestrator/step-kinds/step-kind-registry.ts'),
  ]);
  const kinds = new Registry();
  const catalogue = new Catalogue({
    ownFolder: ownSettingsFolder(process.env),
    workspace,
    kinds: () => kinds.declarations,
    startsProgram: (step, named) => kinds.startsProgram(step, named),
  });
  return { catalogue, kinds };
}

/** The same as a list, with what is left out. Where there are only the built-in ones, nothing is loaded that could read others. */
export async function listedWorkflowsHere(
  workspace: string,
): Promise<{ workflows: ReturnType<WorkflowCatalogue['entries']>; leftOut: readonly LeftOutFile[] }> {
  const folders = definitionFolders('workflows', { ownFolder: ownSettingsFolder(process.env), workspace });
  const shipped = folders.some(({ folder }) => namesIn(folder)?.length !== 0) ? [] : shippedWorkflows();
  if (shipped.length > 0)
    return { workflows: shipped.map((definition) => ({ name: definition.name, layer: 'built_in', definition })), leftOut: [] };
  const catalogue = await workflowsHere(workspace);
  return { workflows: catalogue.entries(), leftOut: catalogue.leftOut };
}

/** The names of all of them, as people type them. None of them is read, so that some of them may be wrong. */
export function workflowNamesHere(workspace: string): string[] {
  const folders = definitionFolders('workflows', { ownFolder: ownSettingsFolder(process.env), workspace });
  const entries = folders.flatMap(({ folder }) => namesIn(folder) ?? []);
  const own = entries.flatMap(({ name, kind }) => (kind === 'file' ? (workflowNameOf(name) ?? []) : []));
  return [...new Set([...shippedNames, ...own])].map((name) => name.replaceAll('_', '-'));
}

/** What is left out, as a sentence for a person. */
export function leftOutSentence({ path, reason }: LeftOutFile, directory: string): string {
  return `${showFile(path, directory)} is left out: ${reason}.`;
}

/** What keeps workflows from being used without being wrong itself, each as a sentence for a person who runs another one: several files of one name, a folder with too many. */
export function unclearWorkflows(catalogue: WorkflowCatalogue): string[] {
  const folders = catalogue.leftOut.flatMap((one) => (one.reason === tooManyEntries ? [leftOutSentence(one, process.cwd())] : []));
  if (!catalogue.hasOwn) return folders;
  const unclear = catalogue
    .entries()
    .flatMap(({ error }) => (error?.code === 'workflow.exists' ? [`${error.message} It cannot be used.`] : []));
  return [...folders, ...unclear];
}

/** Where a role or a workflow comes from, as text for a person; empty for built-in ones. */
export function originOf({ layer, path }: Pick<CatalogueEntry<unknown>, 'layer' | 'path'>, directory: string): string[] {
  return layer === 'built_in' || path === undefined ? [] : [`from ${showFile(path, directory)}`];
}
