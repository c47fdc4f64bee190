import { extname, resolve } from 'node:path';
import { definitionsHere, workflowsHere } from '../definitions/workflows-here.ts';
import type { WorkflowDefinition } from '../../workflows/workflow-schema.ts';

/** A workflow, and its file if it is not among those with a name. */
export interface GivenWorkflow {
  definition: WorkflowDefinition;
  file?: string | undefined;
}

/** The workflow that `--workflow` names: what looks like a file is one. @throws MultiagentError `workflow.unknown`, `workflow.unreadable`, `workflow.invalid`. */
export async function givenWorkflow(
  given: string,
  { workspace, directory }: { workspace: string; directory: string },
): Promise<GivenWorkflow> {
  const isFile = ['.yaml', '.yml'].includes(extname(given).toLowerCase()) || /[/\\]/u.test(given);
  if (!isFile) return { definition: (await workflowsHere(workspace)).get(given) };
  return { definition: (await definitionsHere(workspace)).catalogue.load(resolve(directory, given)), file: given };
}
